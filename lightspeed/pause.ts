import { setTimeout as sleep } from 'node:timers/promises';
import { LightspeedError } from './lightspeed-error.ts';

/** Between two signs of life. */
const progressEveryMs = 2_000;

/** Waits, telling now and then that it is alive. @throws LightspeedError `aborted` */
export async function pause(
  totalMs: number,
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: (() => void) | undefined },
): Promise<void> {
  for (let leftMs = totalMs; leftMs > 0; leftMs -= progressEveryMs) {
    try {
      await sleep(Math.min(leftMs, progressEveryMs), undefined, signal ? { signal } : {});
    } catch {
      // Only the signal can end a sleep.
      throw new LightspeedError('aborted', 'The call was given up before it was sent');
    }
    onProgress?.();
  }
}
