import { readFile, writeFile } from 'node:fs/promises';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { expect, inject } from 'vitest';
import { readEnvironment } from '../../runtime/config.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createDataConverter } from '../../temporal/connect-temporal.ts';
import { setupWorkflowId } from '../../workflows/messages/setup.ts';
import { oneStore, orderExportChoice, test } from './setup-test.ts';

const { History } = proto.temporal.api.history.v1;
const stored = new URL('../histories/setup.pb', import.meta.url);

/** `RECORD_HISTORIES=1 npx vitest run tests/setup/replay.test.ts` writes the history anew: only for a new kind of run. */
test.runIf(readEnvironment()['RECORD_HISTORIES'])('a setup is recorded', async ({ wizard, temporal }) => {
  await wizard.connect(wizard.manager);
  await wizard.connect(wizard.owner);
  await wizard.put('stores', { stores: [{ shopId: '9', locationId: 'harbour' }] });
  await wizard.put('stores', oneStore);
  await wizard.put('import-settings', {});
  await wizard.put('pricing', { enabled: false }, { 'if-match': '"1"' });
  await Promise.all([wizard.put('pricing', { enabled: false }), wizard.put('order-export', orderExportChoice)]);
  await wizard.put('sync', {});
  await wizard.post('complete');
  const handle = temporal.workflow.getHandle(setupWorkflowId(wizard.tenant));
  await handle.result();
  await writeFile(stored, History.encode(await handle.fetchHistory()).finish());
});

/**
 * A manager refused, an admin connected; an unknown shop and a stale version refused; each step saved, two of them at
 * once; completed. Stored as the server's protobuf `History`, sealed with the tests' key.
 */
test('a setup begun before the last change of its workflow goes on after it', async () => {
  const history = History.decode(await readFile(stored));
  const dataConverter = createDataConverter(createKeyRing(`test:${Buffer.alloc(32, 7).toString('base64')}`));
  const workflowBundle = { codePath: inject('stack').bundlePath };
  await expect(Worker.runReplayHistory({ workflowBundle, dataConverter }, history)).resolves.toBeUndefined();
});
