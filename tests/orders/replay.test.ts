import { readFile } from 'node:fs/promises';
import { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { expect, inject, test } from 'vitest';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createDataConverter } from '../../temporal/connect-temporal.ts';

/**
 * `order-export`: one that waited for its payment, whose first POST was lost, and whose second was answered late: found
 * by a look-up. `order-refund`: the same of a refund. `order-audit`: one whose first page failed once. Stored as the server's protobuf `History` (`fetchHistory()` of such
 * a run, encoded as below), payloads sealed with the tests' key.
 */
test.for(['order-export', 'order-refund', 'order-audit'])(
  'an %s begun before the last change of its workflow goes on after it',
  async (name) => {
    const stored = await readFile(new URL(`../histories/${name}.pb`, import.meta.url));
    const history = temporal.api.history.v1.History.decode(stored);
    const workflowBundle = { codePath: inject('stack').bundlePath };
    const dataConverter = createDataConverter(createKeyRing(`test:${Buffer.alloc(32, 7).toString('base64')}`));
    const replay = Worker.runReplayHistory({ workflowBundle, dataConverter }, history);
    await expect(replay).resolves.toBeUndefined();
  },
);
