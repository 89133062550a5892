import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { FoundProcess } from './find-process.ts';
import { findProcess, isRunning } from './find-process.ts';
import { parseJson } from './parse-json.ts';

/** One process's hold on a folder; `release` gives it up. */
export type FolderLock = { release(): void };

/** Thrown when a living process holds the folder. */
export class FolderHeld extends Error {
  readonly holderPid: number;
  constructor(folder: string, holderPid: number) {
    super(`${folder} is in use by process ${holderPid}. Stop that one first, or use another data folder.`);
    this.name = 'FolderHeld';
    this.holderPid = holderPid;
  }
}

const Holder = z.object({ pid: z.number().int().positive(), startedAt: z.string() });

/**
 * Takes the folder for this process, making it if needed. The lock of a process that was killed is taken over: the lock
 * file names its holder by number and start time, so another process that got the same number isn't mistaken for it.
 * @throws FolderHeld if a living process has it, this one included.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock.json');
  const self = JSON.stringify(findProcess(process.pid));
  // Written aside and linked into place, so that nobody ever reads half a lock.
  const draft = join(folder, `lock.${process.pid}.json`);
  for (;;) {
    writeFileSync(draft, self);
    try {
      linkSync(draft, file);
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      removeStale(folder, file);
    } finally {
      rmSync(draft, { force: true });
    }
  }
}

/** The living process that holds the folder, if any. */
export function folderHolder(folder: string): FoundProcess | undefined {
  const holder = parseJson(readOrEmpty(join(folder, 'lock.json')), Holder);
  return holder && isRunning(holder) ? holder : undefined;
}

function removeStale(folder: string, file: string): void {
  const holder = folderHolder(folder);
  if (holder) throw new FolderHeld(folder, holder.pid);
  const seen = readOrEmpty(file);
  const aside = join(folder, `lock.stale.${process.pid}.json`);
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // another start removed it: try for the lock again
    throw error;
  }
  // Another start may have taken over between our look and the rename: then what we moved is its lock, so put it back.
  if (readOrEmpty(aside) !== seen) linkSync(aside, file);
  rmSync(aside, { force: true });
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
