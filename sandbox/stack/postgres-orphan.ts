import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commandOf, findProcess } from './find-process.ts';
import { clusterIn } from './init-postgres.ts';
import { stopProcess } from './stop-process.ts';

/** A PostgreSQL that runs on a folder's cluster. */
export type RunningPostgres = { pid: number; port: number };

/** The server that a killed parent left running on this folder, if any, by PostgreSQL's own pid file. */
export async function findPostgres(folder: string): Promise<RunningPostgres | undefined> {
  const [pid, , , port] = await readPidFile(folder);
  // The command line tells our server from another process that got the number after a reboot.
  if (!pid || !findProcess(pid) || !commandOf(pid).includes(clusterIn(folder))) return undefined;
  return { pid, port: port || 0 };
}

/**
 * Removes the pid file of a dead server whose number another process has by now, which PostgreSQL would take for a living
 * server and refuse to start. In all other cases its own checks are better than ours.
 */
export async function removeMisleadingPidFile(folder: string): Promise<void> {
  const [pid] = await readPidFile(folder);
  if (pid && findProcess(pid) && !commandOf(pid).includes('postgres')) await rm(pidFileIn(folder), { force: true });
}

/** Stops a PostgreSQL: open transactions roll back, what is committed stays. */
export async function stopPostgres(pid: number): Promise<void> {
  await stopProcess(pid, [
    { signal: 'SIGINT', waitMs: 10_000 }, // "fast" shutdown
    { signal: 'SIGQUIT', waitMs: 5_000 }, // "immediate": the next start recovers from the log
    { signal: 'SIGKILL', waitMs: 5_000 },
  ]);
}

async function readPidFile(folder: string): Promise<(number | undefined)[]> {
  const text = await readFile(pidFileIn(folder), 'utf8').catch(() => ''); // none: no server
  return text.split('\n').map(Number);
}

function pidFileIn(folder: string): string {
  return join(clusterIn(folder), 'postmaster.pid');
}
