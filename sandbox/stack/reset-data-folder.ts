import { existsSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderHeld, folderHolder } from './lock-folder.ts';
import { findPostgres, stopPostgres } from './postgres-orphan.ts';
import { stopAllRecorded } from './process-record.ts';
import { findTemporalServer, stopTemporal } from './temporal-orphan.ts';

/**
 * Deletes a data folder, after stopping the servers that a killed start left running in it. Returns what it did, for the reader.
 * @throws FolderHeld if a living process runs on it.
 */
export async function resetDataFolder(dataDir: string): Promise<string> {
  if (!existsSync(dataDir)) return `There is no ${dataDir}; nothing to clear.`;
  const folder = realpathSync(dataDir);
  const [postgres, temporal] = [join(folder, 'postgres'), join(folder, 'temporal')];
  for (const held of [folder, postgres, temporal]) {
    const holder = folderHolder(held);
    if (holder) throw new FolderHeld(held, holder.pid);
  }
  await stopAllRecorded(folder, 10_000);
  const temporalServer = findTemporalServer(temporal);
  if (temporalServer) await stopTemporal(temporalServer.pid);
  const postgresServer = await findPostgres(postgres);
  if (postgresServer) await stopPostgres(postgresServer.pid);
  await rm(folder, { recursive: true, force: true });
  const stopped = [postgresServer && 'PostgreSQL', temporalServer && 'Temporal'].filter(Boolean).join(' and ');
  return `Cleared ${dataDir}${stopped ? `, after stopping the ${stopped} left running there` : ''}.`;
}
