import { join } from 'node:path';
import { ensureDatabase } from './create-database.ts';
import { lockFolder } from './lock-folder.ts';
import { startPostgres } from './start-postgres.ts';
import type { SearchAttributeType } from './start-temporal.ts';
import { startTemporal } from './start-temporal.ts';

const DATABASE = 'tillbridge';

/** What the product runs on. `temporalUiUrl` is absent for a cluster that isn't ours. `stop` may be called twice. */
export type Stack = { databaseUrl: string; temporalAddress: string; temporalUiUrl?: string; stop: () => Promise<void> };

export type StartStackOptions = {
  dataDir: string;
  /** Real servers to use in place of ours. */
  databaseUrl?: string | undefined;
  temporalAddress?: string | undefined;
  /** Free ones unless given. */
  ports?: { postgres?: number | undefined; temporal?: number | undefined; temporalUi?: number | undefined };
  searchAttributes: Record<string, SearchAttributeType>;
  namespace?: string | undefined;
  cacheHome?: string | undefined;
  log: (line: string) => void;
};

/**
 * Brings up PostgreSQL and Temporal side by side, each unless a real one is given, and holds the data folder. `stop` ends
 * Temporal before PostgreSQL, and neither that isn't ours.
 * @throws FolderHeld if a living process runs on this folder; Error if a server doesn't start (the other is then stopped).
 */
export async function startStack(options: StartStackOptions): Promise<Stack> {
  const lock = lockFolder(options.dataDir);
  const [postgres, temporal] = await Promise.allSettled([provideDatabase(options), provideTemporal(options)]);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    try {
      if (temporal.status === 'fulfilled') await temporal.value.stop();
      if (postgres.status === 'fulfilled') await postgres.value.stop();
    } finally {
      lock.release();
    }
  };
  if (postgres.status === 'rejected' || temporal.status === 'rejected') {
    await stop();
    throw postgres.status === 'rejected' ? postgres.reason : (temporal as PromiseRejectedResult).reason;
  }
  const { address, uiUrl } = temporal.value;
  return {
    databaseUrl: postgres.value.url,
    temporalAddress: address,
    ...(uiUrl === undefined ? {} : { temporalUiUrl: uiUrl }),
    stop: () => (stopping ??= stop()),
  };
}

async function provideDatabase({
  databaseUrl,
  dataDir,
  ports,
  log,
}: StartStackOptions): Promise<Provided & { url: string }> {
  if (databaseUrl) return { url: databaseUrl, stop: async () => {} };
  const server = await startPostgres({ dataDir: join(dataDir, 'postgres'), port: ports?.postgres, log });
  try {
    return { url: await ensureDatabase(server.url, DATABASE), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function provideTemporal(options: StartStackOptions): Promise<Provided & { address: string; uiUrl?: string }> {
  const { temporalAddress, dataDir, ports, searchAttributes, namespace, cacheHome, log } = options;
  if (temporalAddress) return { address: temporalAddress, stop: async () => {} };
  return startTemporal({
    dataDir: join(dataDir, 'temporal'),
    port: ports?.temporal,
    uiPort: ports?.temporalUi,
    searchAttributes,
    namespace,
    cacheHome,
    log,
  });
}

type Provided = { stop: () => Promise<void> };
