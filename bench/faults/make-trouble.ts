import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../sandbox/r-series/random.ts';
import type { Installation } from './open-installation.ts';

/** How often each was done. */
export interface Trouble {
  workerKilled: number;
  workerFrozen: number;
  apiKilled: number;
  temporalRestarted: number;
  databaseCut: number;
}

const kinds = ['workerKilled', 'workerFrozen', 'apiKilled', 'databaseCut', 'temporalRestarted'] as const;

/**
 * Kills and freezes processes and cuts connections at random until told to stop, and each at least once: every kind in
 * turn, in a new order each round. At least one worker goes on; frozen ones are continued at the end.
 * @param freezeMs longer than any deadline of what a frozen worker may be at.
 */
export async function makeTrouble(
  installation: Installation,
  random: Random,
  { freezeMs, pauseMs, signal }: { freezeMs: number; pauseMs: number; signal: AbortSignal },
): Promise<Trouble> {
  const { workers, api } = installation;
  const trouble: Trouble = { workerKilled: 0, workerFrozen: 0, apiKilled: 0, temporalRestarted: 0, databaseCut: 0 };
  const frozen = new Map<number, Promise<void>>();
  const ready = () => workers.filter(({ pid }) => pid !== null && !frozen.has(pid));
  const cause: Record<keyof Trouble, () => Promise<boolean>> = {
    async workerKilled() {
      const [one, ...others] = shuffled(ready(), random);
      if (!one || others.length === 0) return false;
      void one.kill();
      return true;
    },
    async workerFrozen() {
      const [one, ...others] = shuffled(ready(), random);
      const pid = one?.pid;
      if (!pid || others.length === 0) return false;
      process.kill(pid, 'SIGSTOP');
      frozen.set(
        pid,
        delay(freezeMs).then(() => {
          process.kill(pid, 'SIGCONT');
          frozen.delete(pid);
        }),
      );
      return true;
    },
    async apiKilled() {
      await api.kill();
      return true;
    },
    async databaseCut() {
      await installation.cutDatabase();
      return true;
    },
    async temporalRestarted() {
      await installation.restartTemporal();
      return true;
    },
  };
  for (let round = 0; round === 0 || !signal.aborted; round += 1) {
    for (const kind of shuffled([...kinds], random)) {
      if (round > 0 && signal.aborted) break;
      await delay(random.whole(Math.round(pauseMs / 2), pauseMs));
      if (await cause[kind]()) trouble[kind] += 1;
    }
  }
  await Promise.all(frozen.values());
  return trouble;
}

function shuffled<T>(list: T[], random: Random): T[] {
  return list
    .map((one) => ({ one, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}
