import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMigrations } from '../db/apply-migrations.ts';
import { readConfig } from '../runtime/config.ts';
import { createLogger } from '../runtime/logger.ts';
import { startSandbox } from '../sandbox/r-series/start-sandbox.ts';
import { createDatabase } from '../sandbox/stack/create-database.ts';
import { startPostgres } from '../sandbox/stack/start-postgres.ts';
import { startTemporal } from '../sandbox/stack/start-temporal.ts';
import { requiredSearchAttributes } from '../temporal/search-attributes.ts';

export const platformKey = `tb_platform_${'0'.repeat(43)}`;

/** How a till is reached: the sandbox's, or another's that stands in for it. */
interface BenchTill {
  apiUrl: string;
  authUrl: string;
  clientId: string;
  clientSecret: string;
}

/**
 * Real servers of its own for one benchmark, and the configuration that leads to them. Nothing limits the rate, unless a
 * time scale is given: then the sandbox's limiter is on, and its clock, with all that drips by it, runs so much faster.
 * @param options.till in place of the sandbox.
 */
export async function openBench({ timeScale, till }: { timeScale?: number; till?: BenchTill } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'tillbridge-bench-'));
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const [postgres, temporal, sandbox] = await Promise.all([
    startPostgres({ dataDir: join(folder, 'postgres'), isDisposable: true, log }),
    startTemporal({
      dataDir: join(folder, 'temporal'),
      isDisposable: true,
      isHeadless: true,
      searchAttributes: requiredSearchAttributes,
      log,
    }),
    startSandbox({ port: 0, items: 40, seed: 1, unlimited: timeScale === undefined, timeScale: timeScale ?? 1 }),
  ]);
  const databaseUrl = await createDatabase(postgres.url, 'bench');
  await applyMigrations(databaseUrl);
  const { apiUrl, authUrl, clientId, clientSecret } = till ?? sandbox;
  const environment = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    TASK_QUEUE: 'bench',
    API_PORT: '0',
    PLATFORM_KEY: platformKey,
    SECRET_KEYS: `bench:${Buffer.alloc(32, 1).toString('base64')}`,
    LIGHTSPEED_API_URL: apiUrl,
    LIGHTSPEED_AUTH_URL: authUrl,
    LIGHTSPEED_CLIENT_ID: clientId,
    LIGHTSPEED_CLIENT_SECRET: clientSecret,
    LIGHTSPEED_TIME_SCALE: String(timeScale ?? 1),
    WEBHOOK_ALLOW_PRIVATE: 'true',
    API_RATE_LIMIT_PER_MINUTE: '1000000',
    LOG_LEVEL: 'warn',
  };
  return {
    config: readConfig(environment),
    environment,
    folder,
    warn: log,
    sandbox,
    databaseUrl,
    log: createLogger('bench', 'warn'),
    async close() {
      await Promise.all([sandbox.stop(), temporal.stop(), postgres.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
