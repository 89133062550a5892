import { readFile } from 'node:fs/promises';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { expect, inject, test } from 'vitest';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createDataConverter } from '../../temporal/connect-temporal.ts';

/**
 * `notify`: an event of one order refused, tried again after a wait and taken, while one of another order was signalled
 * and taken at once. `sweep`: one that found nothing. Stored as the server's protobuf `History`, sealed with the tests' key.
 */
test.for(['notify', 'sweep'])('a %s begun before the last change of its workflow goes on after it', async (name) => {
  const stored = await readFile(new URL(`../histories/${name}.pb`, import.meta.url));
  const history = proto.temporal.api.history.v1.History.decode(stored);
  const dataConverter = createDataConverter(createKeyRing(`test:${Buffer.alloc(32, 7).toString('base64')}`));
  const workflowBundle = { codePath: inject('stack').bundlePath };
  await expect(Worker.runReplayHistory({ workflowBundle, dataConverter }, history)).resolves.toBeUndefined();
});
