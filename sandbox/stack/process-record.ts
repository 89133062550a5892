import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { findProcess, isRunning } from './find-process.ts';
import { parseJson } from './parse-json.ts';
import { stopProcess } from './stop-process.ts';

const ENDING = '.process.json';
const Recorded = z.object({ pid: z.number().int().positive(), startedAt: z.string() });

/** Notes beside its log which process writes it, for a later start. */
export function recordProcess(logFile: string, pid: number): void {
  writeFileSync(logFile + ENDING, JSON.stringify(findProcess(pid) ?? {}));
}

/** Stops the process that a killed start left behind with this log, if it has not yet noticed that its parent is gone. */
export async function stopRecorded(logFile: string, graceMs: number): Promise<void> {
  await stopByRecord(logFile + ENDING, graceMs);
}

/** Stops all processes recorded anywhere below a folder. */
export async function stopAllRecorded(folder: string, graceMs: number): Promise<void> {
  const records = globSync(`**/*${ENDING}`, { cwd: folder });
  await Promise.all(records.map((record) => stopByRecord(join(folder, record), graceMs)));
}

async function stopByRecord(record: string, graceMs: number): Promise<void> {
  let text: string;
  try {
    text = readFileSync(record, 'utf8');
  } catch {
    return; // never started
  }
  const process = parseJson(text, Recorded);
  if (!process || !isRunning(process)) return;
  await stopProcess(process.pid, [
    { signal: 'SIGTERM', waitMs: graceMs },
    { signal: 'SIGKILL', waitMs: 5_000 },
  ]);
}
