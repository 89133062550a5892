import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { commandOf, findProcess } from './find-process.ts';
import { parseJson } from './parse-json.ts';
import { stopProcess } from './stop-process.ts';

const RunningTemporal = z.object({
  pid: z.number().int().positive(),
  port: z.number().int().positive(),
  uiPort: z.number().int().positive().optional(),
});

/** A Temporal server that runs on a folder's database. */
export type RunningTemporal = z.infer<typeof RunningTemporal>;

/** Notes which server runs on this folder, for a later start. */
export function recordTemporalServer(folder: string, server: RunningTemporal): void {
  writeFileSync(recordIn(folder), JSON.stringify(server));
}

/** The server last started on this folder, running or not. */
export function lastTemporalServer(folder: string): RunningTemporal | undefined {
  let text: string;
  try {
    text = readFileSync(recordIn(folder), 'utf8');
  } catch {
    return undefined; // none has been started here yet
  }
  return parseJson(text, RunningTemporal);
}

/** The server that a killed parent left running on this folder, if any. */
export function findTemporalServer(folder: string): RunningTemporal | undefined {
  const last = lastTemporalServer(folder);
  // The command line tells our server from another process that got the number since.
  return last && findProcess(last.pid) && commandOf(last.pid).includes(`${folder}/`) ? last : undefined;
}

/** Stops a Temporal server; what it has acknowledged stays. */
export async function stopTemporal(pid: number): Promise<void> {
  await stopProcess(pid, [
    { signal: 'SIGTERM', waitMs: 5_000 },
    { signal: 'SIGKILL', waitMs: 5_000 },
  ]);
}

function recordIn(folder: string): string {
  return join(folder, 'server.json');
}
