import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startApi } from '../api/start-api.ts';
import { openDatabase } from '../db/database.ts';
import { readConfig, readEnvironment } from '../runtime/config.ts';
import { createKeyRing } from '../runtime/key-ring.ts';
import { createLogger } from '../runtime/logger.ts';
import { runSchedules } from './connect-faults/run-schedules.ts';
import type { BenchOptions } from './main.ts';
import { openBench, platformKey } from './open-bench.ts';

const lanes = 4;

/**
 * Random schedules of connect, refresh, replace and disconnect under faults, with two worker processes of which some are
 * killed. Goal: usable + lost = runs, none looping, never two pairs in use.
 */
export async function connectFaults({ runs = 40, seed = 1 }: BenchOptions): Promise<Record<string, unknown>> {
  const bench = await openBench();
  const settings = { LIGHTSPEED_TIMEOUT_MS: '2000', SWEEP_INTERVAL_MS: '1000' };
  const environment = { ...bench.environment, ...settings };
  const workers = await openWorkers(environment);
  const api = await startApi({ config: readConfig(environment), log: createLogger('bench', 'silent') }); // faults are many
  const { db, close } = openDatabase(bench.databaseUrl);
  const counts = await runSchedules(
    {
      apiUrl: api.url,
      platformKey,
      db,
      sandbox: bench.sandbox,
      databaseUrl: bench.databaseUrl,
      ring: createKeyRing(bench.config.SECRET_KEYS),
      killWorker: () => workers.killOne(),
    },
    { runs, seed, lanes },
  );
  await close();
  await api.close();
  workers.killAll();
  await bench.close();
  return { seed, ...counts };
}

/** Two worker processes; whoever kills one sees another start in its place. */
async function openWorkers(settings: Record<string, string>) {
  const start = async (): Promise<ChildProcess> => {
    const env = { ...readEnvironment(), ...settings, LOG_LEVEL: 'silent', STOP_WITH_PARENT: 'true' };
    const worker = spawn(process.execPath, ['worker/main.ts'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    await once(worker.stdout, 'data'); // it says when it is ready
    return worker;
  };
  const workers = await Promise.all([start(), start()]);
  return {
    async killOne(): Promise<void> {
      workers.shift()?.kill('SIGKILL');
      workers.push(await start());
    },
    killAll(): void {
      for (const worker of workers) worker.kill('SIGKILL');
    },
  };
}
