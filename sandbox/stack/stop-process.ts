import { findProcess, isRunning } from './find-process.ts';
import { waitUntil } from './wait-until.ts';

/** A signal and how long to wait for the process to end before the next one. */
export type StopStep = { signal: NodeJS.Signals; waitMs: number };

/**
 * Ends a process, child of ours or not, with one signal after the other.
 * @throws Error if it outlives the last one.
 */
export async function stopProcess(pid: number, steps: StopStep[]): Promise<void> {
  const target = findProcess(pid);
  if (!target) return;
  for (const { signal, waitMs } of steps) {
    if (!isRunning(target)) return;
    send(pid, signal);
    const ended = await waitUntil(() => (isRunning(target) ? undefined : true), { timeoutMs: waitMs });
    if (ended) return;
  }
  throw new Error(`Process ${pid} does not stop; end it by hand.`);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it ended by itself just now
  }
}
