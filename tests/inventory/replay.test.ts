import { readFile, writeFile } from 'node:fs/promises';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { expect, inject } from 'vitest';
import { readEnvironment } from '../../runtime/config.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createDataConverter } from '../../temporal/connect-temporal.ts';
import {
  fullPullWorkflowId,
  inventorySyncScheduleId,
  saleBoundaryWorkflow,
  saleBoundaryWorkflowId,
} from '../../workflows/messages/inventory.ts';
import { eventually } from './eventually.ts';
import { test } from './inventory-test.ts';
import { upc } from './upc.ts';

const { History } = proto.temporal.api.history.v1;
const fileOf = (name: string) => new URL(`../histories/${name}.pb`, import.meta.url);

/** `RECORD_HISTORIES=1 npx vitest run tests/inventory/replay.test.ts` writes the histories anew: only for new kinds of runs. */
test.runIf(readEnvironment()['RECORD_HISTORIES'])('the runs are recorded', async ({ stockroom, temporal, app }) => {
  const record = async (name: string, workflowId: string, runId?: string) => {
    const handle = temporal.workflow.getHandle(workflowId, runId);
    await handle.result();
    await writeFile(fileOf(name), History.encode(await handle.fetchHistory()).finish());
  };
  await stockroom.breakTill({ path: 'Item', query: 'sort=itemID', fault: { kind: 'status', status: 503 } });
  await stockroom.open();
  await record('full-pull', fullPullWorkflowId(stockroom.tenant));
  await stockroom.breakTill({ path: 'ItemShop', fault: { kind: 'foreign-next' } });
  await stockroom.poll();
  const query = `WorkflowId STARTS_WITH "${inventorySyncScheduleId(stockroom.tenant)}" AND ExecutionStatus = "Completed"`;
  const longest = await eventually(async () => {
    const runs = [];
    for await (const run of temporal.workflow.list({ query })) runs.push(run);
    return runs.sort((a, b) => b.historyLength - a.historyLength).find(({ historyLength }) => historyLength > 10);
  });
  await record('inventory-sync', longest.workflowId, longest.runId);
  const soon = new Date(Date.now() + 1_500).toISOString();
  const item = { sku: 'SKU-1', gtin1: upc(1), saleStart: soon };
  await stockroom.storefront.expect('PUT', '/catalog/items', { items: [item] });
  await temporal.workflow.signalWithStart(saleBoundaryWorkflow, {
    workflowId: saleBoundaryWorkflowId(stockroom.tenant),
    taskQueue: `${app.config.TASK_QUEUE}-interactive`,
    args: [{ tenant: stockroom.tenant }],
    signal: 'boundary-changed',
  });
  await record('sale-boundary', saleBoundaryWorkflowId(stockroom.tenant));
});

/**
 * `full-pull`: one whose first page failed once. `inventory-sync`: a poll that ended in a failure. `sale-boundary`: one
 * that was signalled, slept until a sale began, and ended. Stored as the server's protobuf `History`, sealed with the
 * tests' key.
 */
test.for(['full-pull', 'inventory-sync', 'sale-boundary'])(
  'a %s begun before the last change of its workflow goes on after it',
  async (name) => {
    const history = History.decode(await readFile(fileOf(name)));
    const dataConverter = createDataConverter(createKeyRing(`test:${Buffer.alloc(32, 7).toString('base64')}`));
    const workflowBundle = { codePath: inject('stack').bundlePath };
    await expect(Worker.runReplayHistory({ workflowBundle, dataConverter }, history)).resolves.toBeUndefined();
  },
);
