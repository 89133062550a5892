import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createDataConverter } from '../../temporal/connect-temporal.ts';

/**
 * An export that waited for its payment, whose first POST was lost, and whose second was answered late: found by a
 * look-up. Stored as the server's protobuf `History` (`fetchHistory()` of such a run, encoded as below), payloads sealed
 * with the tests' key.
 */
const stored = new URL('../histories/order-export.pb', import.meta.url);

test('an export begun before the last change of its workflow goes on after it', async () => {
  const history = temporal.api.history.v1.History.decode(await readFile(stored));
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/orders/order-export.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
  });
  const dataConverter = createDataConverter(createKeyRing(`test:${Buffer.alloc(32, 7).toString('base64')}`));
  const replay = Worker.runReplayHistory({ workflowBundle, dataConverter }, history);
  await expect(replay).resolves.toBeUndefined();
});
