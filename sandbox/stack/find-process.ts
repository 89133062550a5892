import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process, told apart from a later one that was given the same number. */
export type FoundProcess = { pid: number; startedAt: string };

/**
 * The living process with this number; undefined if there is none, or if it has ended and is only waiting to be reaped.
 * One whose other threads are still ending lives: they hold its ports and files.
 */
export function findProcess(pid: number): FoundProcess | undefined {
  const state = process.platform === 'linux' ? readProc(pid) : askPs(pid);
  return state === undefined || state.hasEnded ? undefined : { pid, startedAt: state.startedAt };
}

/** Whether this very process still lives. */
export function isRunning(known: FoundProcess): boolean {
  return findProcess(known.pid)?.startedAt === known.startedAt;
}

/** The command line of a process, arguments joined by spaces; empty if there is no such process or it isn't ours to read. */
export function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return ''; // the process is gone
  }
}

type ProcessState = { hasEnded: boolean; startedAt: string };

function readProc(pid: number): ProcessState | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // the process is gone
  }
  // The name (2nd field) may hold spaces and brackets, so count from its last bracket: status is field 3, threads field 20, start
  // time field 22. Tried on a killed Temporal server: its first thread was a zombie while others still held the port.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const hasEnded = fields[0] === 'Z' && Number(fields[17]) <= 1;
  return { hasEnded, startedAt: `${bootId()}/${fields[19]}` };
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function askPs(pid: number): ProcessState | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [status = '', ...startedAt] = line.split(/\s+/);
    return { hasEnded: status.startsWith('Z'), startedAt: startedAt.join(' ') };
  } catch {
    return undefined; // ps answers 1 if there is no such process
  }
}
