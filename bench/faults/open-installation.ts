import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import postgres from 'postgres';
import { applyMigrations } from '../../db/apply-migrations.ts';
import { startSandbox } from '../../sandbox/r-series/start-sandbox.ts';
import { createDatabase } from '../../sandbox/stack/create-database.ts';
import { freePort } from '../../sandbox/stack/free-ports.ts';
import { startPostgres } from '../../sandbox/stack/start-postgres.ts';
import type { StartedProcess } from '../../sandbox/stack/start-process.ts';
import { startProcess } from '../../sandbox/stack/start-process.ts';
import { startTemporal } from '../../sandbox/stack/start-temporal.ts';
import { tieToParent } from '../../sandbox/stack/tie-to-parent.ts';
import { requiredSearchAttributes } from '../../temporal/search-attributes.ts';
import { bundleWorkflows } from '../../worker/bundle-workflows.ts';
import { platformKey } from '../open-bench.ts';

const workerScript = resolve(import.meta.dirname, 'worker.ts');
const apiScript = resolve(import.meta.dirname, '../../api/main.ts');

/** One of our processes, which may be killed and is then started again. */
export interface Restartable {
  /** Null while it starts. */
  pid: number | null;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface Installation {
  apiUrl: string;
  sandbox: Awaited<ReturnType<typeof startSandbox>>;
  /** For looking on; not cut by `cutDatabase`. */
  sql: postgres.Sql;
  api: Restartable;
  workers: Restartable[];
  restartTemporal(): Promise<void>;
  /** Ends every connection of our processes to the database, as a failover does. */
  cutDatabase(): Promise<void>;
  close(): Promise<void>;
}

/** Everything in processes of its own, with a sandbox whose books the caller sees; nothing limits the rate. */
export async function openInstallation(options: {
  seed: number;
  workers: number;
  environment: Record<string, string>;
}): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'tillbridge-faults-'));
  const silent = () => {};
  const temporalOptions = {
    dataDir: join(folder, 'temporal'),
    isDisposable: false, // it must remember through a kill
    isHeadless: true,
    searchAttributes: requiredSearchAttributes,
    log: silent,
  };
  const startTied = async () => {
    const server = await startTemporal(temporalOptions);
    return { ...server, untie: tieToParent(server.pid, 'TERM') };
  };
  const [database, firstTemporal, sandbox, { code }] = await Promise.all([
    startPostgres({ dataDir: join(folder, 'postgres'), isDisposable: true, log: silent }),
    startTied(),
    startSandbox({ port: 0, items: 40, seed: options.seed, unlimited: true }),
    bundleWorkflows(),
  ]);
  let temporal = firstTemporal;
  const databaseUrl = await createDatabase(database.url, 'faults');
  await applyMigrations(databaseUrl);
  const codePath = join(folder, 'workflows.js');
  await writeFile(codePath, code);
  const port = await freePort();
  const env = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    TASK_QUEUE: 'faults',
    API_PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    PLATFORM_KEY: platformKey,
    SECRET_KEYS: `bench:${Buffer.alloc(32, 1).toString('base64')}`,
    LIGHTSPEED_API_URL: sandbox.apiUrl,
    LIGHTSPEED_AUTH_URL: sandbox.authUrl,
    LIGHTSPEED_CLIENT_ID: sandbox.clientId,
    LIGHTSPEED_CLIENT_SECRET: sandbox.clientSecret,
    API_RATE_LIMIT_PER_MINUTE: '1000000',
    SWEEP_INTERVAL_MS: '1000',
    LOG_LEVEL: 'error',
    ...options.environment,
  };
  let starts = 0;
  const start = (name: string, script: string, args: string[]) =>
    restartable(() => {
      starts += 1;
      return startProcess({ name, script, args, env, logFile: join(folder, `${name}-${starts}.log`), log: silent });
    });
  const api = await start('api', apiScript, []);
  const workers = await Promise.all(
    Array.from({ length: options.workers }, (_, place) => start(`worker-${place}`, workerScript, [codePath])),
  );
  const sql = postgres(databaseUrl, { max: 2, connection: { application_name: 'onlooker' }, onnotice: () => {} });
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    sandbox,
    sql,
    api,
    workers,
    async restartTemporal() {
      temporal.untie();
      process.kill(temporal.pid, 'SIGKILL');
      await temporal.stop();
      const { address } = temporal;
      temporal = await startTied();
      if (temporal.address !== address) throw new Error(`Temporal came back at another address: ${temporal.address}`);
    },
    async cutDatabase() {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tillbridge'`;
    },
    async close() {
      await Promise.all([api, ...workers].map((one) => one.stop()));
      await sql.end();
      temporal.untie();
      await Promise.all([sandbox.stop(), temporal.stop(), database.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function restartable(start: () => Promise<StartedProcess>): Promise<Restartable> {
  let running = await start();
  let isWanted = true;
  let starting: Promise<void> | null = null;
  const one: Restartable = {
    pid: running.pid,
    async kill() {
      if (one.pid === null) return;
      process.kill(one.pid, 'SIGKILL');
      await running.ended;
      await starting;
    },
    async stop() {
      isWanted = false;
      await starting;
      await running.stop();
    },
  };
  // Whatever ended it, it is started again, as a supervisor does: also if Temporal isn't back yet, which ends it again.
  const startAgain = (): Promise<StartedProcess> => start().catch(() => (isWanted ? startAgain() : running));
  const watch = () =>
    void running.ended.then(() => {
      if (!isWanted) return;
      one.pid = null;
      starting = startAgain().then((again) => {
        running = again;
        one.pid = again.pid;
        starting = null;
        watch();
      });
    });
  watch();
  return one;
}
