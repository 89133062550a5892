import { readFile, writeFile } from 'node:fs/promises';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { eq } from 'drizzle-orm';
import { expect, inject } from 'vitest';
import { connections } from '../../db/schema/setup.ts';
import { readEnvironment } from '../../runtime/config.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createDataConverter } from '../../temporal/connect-temporal.ts';
import { connectionHealthWorkflowId, setupWorkflowId } from '../../workflows/messages/setup.ts';
import { oneStore, orderExportChoice, test } from './setup-test.ts';

const { History } = proto.temporal.api.history.v1;
const stored = (name: string) => new URL(`../histories/${name}.pb`, import.meta.url);

/** `RECORD_HISTORIES=1 npx vitest run tests/setup/replay.test.ts` writes the histories anew: only for a new kind of run. */
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
  await writeFile(stored('setup'), History.encode(await handle.fetchHistory()).finish());
});

test.runIf(readEnvironment()['RECORD_HISTORIES'])(
  'a look at a connection is recorded',
  async ({ wizard, temporal, db }) => {
    await wizard.finish();
    await wizard.till.call('PATCH', '/registers/4', { archived: true });
    await db
      .update(connections)
      .set({ checkedAt: new Date(0) })
      .where(eq(connections.tenant, wizard.tenant));
    await expect.poll(() => wizard.attention(), { timeout: 40_000 }).toHaveLength(1);
    const handle = temporal.workflow.getHandle(connectionHealthWorkflowId(wizard.tenant));
    await handle.result();
    await writeFile(stored('connection-health'), History.encode(await handle.fetchHistory()).finish());
  },
);

/**
 * `setup`: a manager refused, an admin connected; an unknown shop and a stale version refused; each step saved, two of them at
 * once; completed. `connection-health`: a register that was archived is found. Stored as the server's protobuf `History`, sealed with the tests' key.
 */
test.for(['setup', 'connection-health'])(
  'a %s begun before the last change of its workflow goes on after it',
  async (name) => {
    const history = History.decode(await readFile(stored(name)));
    const dataConverter = createDataConverter(createKeyRing(`test:${Buffer.alloc(32, 7).toString('base64')}`));
    const workflowBundle = { codePath: inject('stack').bundlePath };
    await expect(Worker.runReplayHistory({ workflowBundle, dataConverter }, history)).resolves.toBeUndefined();
  },
);
