import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commandOf, findProcess } from './find-process.ts';
import { clusterIn } from './init-postgres.ts';
import { stopProcess } from './stop-process.ts';
import { waitUntil } from './wait-until.ts';

/** A PostgreSQL that runs on a folder's cluster. */
export type RunningPostgres = { pid: number; port: number };

/** The server that a killed parent left running on this folder, if any, by PostgreSQL's own pid file. */
export async function findPostgres(folder: string): Promise<RunningPostgres | undefined> {
  const { pid, port } = await readPidFile(folder);
  // The command line tells our server from another process that got the number after a reboot.
  if (!pid || !findProcess(pid) || !commandOf(pid).includes(clusterIn(folder))) return undefined;
  return { pid, port };
}

/**
 * Clears the way after a server that was killed. Its own children may live a moment longer, in which PostgreSQL refuses to
 * start; and its number may be another process's by now, or that of its dead self which nobody has reaped (process 1 of
 * many containers doesn't), either of which PostgreSQL would take for a living server.
 */
export async function clearAfterKill(folder: string): Promise<void> {
  const { pid, sharedMemoryId } = await readPidFile(folder);
  if (!pid || commandOf(pid).includes(clusterIn(folder))) return; // none, or one that lives
  await waitUntil(() => !isAttached(sharedMemoryId) || undefined, { timeoutMs: 10_000 });
  await rm(pidFileIn(folder), { force: true });
}

/** Stops a PostgreSQL: open transactions roll back, what is committed stays. */
export async function stopPostgres(pid: number): Promise<void> {
  await stopProcess(pid, [
    { signal: 'SIGINT', waitMs: 10_000 }, // "fast" shutdown
    { signal: 'SIGQUIT', waitMs: 5_000 }, // "immediate": the next start recovers from the log
    { signal: 'SIGKILL', waitMs: 5_000 },
  ]);
}

type PidFile = { pid: number; port: number; sharedMemoryId: number };

/** PostgreSQL's own file: process, folder, start, port, socket folder, address, shared memory (key and id). */
async function readPidFile(folder: string): Promise<PidFile> {
  const text = await readFile(pidFileIn(folder), 'utf8').catch(() => ''); // none: no server
  const lines = text.split('\n');
  const sharedMemoryId = lines[6]?.trim().split(/\s+/)[1];
  return { pid: Number(lines[0]), port: Number(lines[3] ?? 0), sharedMemoryId: Number(sharedMemoryId ?? -1) };
}

/** Whether some process still uses a piece of shared memory; false where the system doesn't tell. */
function isAttached(id: number): boolean {
  let table: string;
  try {
    table = readFileSync('/proc/sysvipc/shm', 'utf8');
  } catch {
    return false; // not Linux
  }
  const row = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find((fields) => fields[1] === String(id));
  return row !== undefined && row[6] !== '0';
}

function pidFileIn(folder: string): string {
  return join(clusterIn(folder), 'postmaster.pid');
}
