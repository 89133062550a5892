import { openDatabase } from '../db/database.ts';
import { createKeyRing } from '../runtime/key-ring.ts';
import { connectTemporal } from '../temporal/connect-temporal.ts';
import { taskQueues } from '../temporal/task-queues.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';
import { bulkActivities, startWorkers } from '../worker/start-workers.ts';
import type { InventorySyncInput } from '../workflows/messages/inventory.ts';
import {
  fullPullWorkflow,
  fullPullWorkflowId,
  inventorySyncScheduleId,
  inventorySyncWorkflow,
} from '../workflows/messages/inventory.ts';
import { arrangeConnectedTenants } from './arrange-connected-tenants.ts';
import { startBaseline } from './baseline/start-baseline.ts';
import type { BenchOptions } from './main.ts';
import { median, openBench } from './open-bench.ts';

const rounds = 5;
const bareSteps = 3;
const intervalSeconds = 30 * 60;

/**
 * No-change syncs of all tenants, due at once, in turn with as many bare workflows of 3 no-op activities. Goals: at
 * least 0.6 of their runs per second, no tenant's end later than 3 times the median's.
 */
export async function syncTenants({ tenants: count = 300 }: BenchOptions): Promise<Record<string, unknown>> {
  const bench = await openBench();
  const ring = createKeyRing(bench.config.SECRET_KEYS);
  const { db, close: closeDatabase } = openDatabase(bench.databaseUrl);
  const tenants = await arrangeConnectedTenants(db, bench.sandbox, ring, count);
  const workers = await startWorkers({ ...bench, workflowBundle: await bundleWorkflows() });
  const baseline = await startBaseline(bench.config, bareSteps, bulkActivities);
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = bench.config;
  const temporal = await connectTemporal({ address, namespace }, ring);
  const taskQueue = taskQueues(bench.config.TASK_QUEUE).bulk;
  const { workflow } = temporal.client;
  for (const tenant of tenants) {
    const args = [{ tenant, trigger: 'setup' }];
    await workflow.start(fullPullWorkflow, { workflowId: fullPullWorkflowId(tenant), taskQueue, args });
  }
  await Promise.all(tenants.map((tenant) => workflow.getHandle(fullPullWorkflowId(tenant)).result()));
  const sync = async (tenant: string): Promise<number> => {
    const startedAt = performance.now();
    const input: InventorySyncInput = { tenant, trigger: 'person', deadlineMs: 300_000 };
    await workflow.execute(inventorySyncWorkflow, {
      workflowId: inventorySyncScheduleId(tenant),
      taskQueue,
      args: [input],
    });
    return performance.now() - startedAt;
  };
  const perSecond = { sync: [] as number[], bare: [] as number[], ratio: [] as number[] };
  const slowest: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const bare = await allAtOnce(tenants, () => baseline.run());
    const synced = await allAtOnce(tenants, sync);
    if (round === 0) continue; // warms both up
    perSecond.bare.push(bare.perSecond);
    perSecond.sync.push(synced.perSecond);
    perSecond.ratio.push(synced.perSecond / bare.perSecond);
    slowest.push(Math.max(...synced.times) / median(synced.times));
  }
  const rows = await db.query.syncRuns.findMany({ columns: { mode: true, state: true, listingsChanged: true } });
  const polls = rows.filter(({ mode, state }) => mode === 'poll' && state === 'succeeded').length;
  if (polls !== count * (rounds + 1)) throw new Error(`only ${polls} of ${count * (rounds + 1)} syncs went well`);
  await temporal.close();
  await baseline.close();
  await workers.shutdown();
  await closeDatabase();
  await bench.close();
  const rounded = (value: number) => Number(value.toFixed(2));
  return {
    tenants: count,
    syncsPerSecond: rounded(median(perSecond.sync)),
    barePerSecond: rounded(median(perSecond.bare)),
    ratio: rounded(median(perSecond.ratio)),
    slowestToMedian: rounded(Math.max(...slowest)),
    tenantsAt30Minutes: Math.floor(median(perSecond.sync) * intervalSeconds),
  };
}

async function allAtOnce(tenants: string[], run: (tenant: string) => Promise<number>) {
  const startedAt = performance.now();
  const times = await Promise.all(tenants.map(run));
  return { times, perSecond: (tenants.length * 1_000) / (performance.now() - startedAt) };
}
