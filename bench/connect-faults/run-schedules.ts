import type { KeyRing } from '../../runtime/key-ring.ts';
import type { Step } from './draw-schedule.ts';
import { drawSchedule } from './draw-schedule.ts';
import type { Lane, LaneParts } from './open-lane.ts';
import { openLane, pause } from './open-lane.ts';
import { playStep, refreshesCausedBy } from './play-step.ts';
import type { Ending } from './settle.ts';
import { settle } from './settle.ts';
import type { EndedSignIn } from './watch-endings.ts';
import { watchEndings } from './watch-endings.ts';

export interface FaultCounts {
  runs: number;
  usable: number;
  lost: number;
  looping: number;
  twoPairsInUse: number;
}

/** After a failed refresh the next one rests so long. */
const restMs = 15_000;
const callsOfOptions = 6;
/** A sync and a pull, which make one call after the other. */
const inBackground = 2;

interface Verdict {
  ending: Ending;
  isLooping: boolean;
  isTwoPairs: boolean;
}

/**
 * Plays random schedules of connect, refresh, replace and disconnect, several retailers side by side. How each ended is
 * asked through the product; refreshes and calls are counted in the till's own log.
 */
export async function runSchedules(
  parts: LaneParts & { databaseUrl: string; ring: KeyRing },
  { runs, seed, lanes }: { runs: number; seed: number; lanes: number },
): Promise<FaultCounts> {
  const watch = await watchEndings(parts.databaseUrl, parts.ring, parts.sandbox.world);
  const counts: FaultCounts = { runs, usable: 0, lost: 0, looping: 0, twoPairsInUse: 0 };
  let next = 0;
  const work = async (number: number) => {
    const lane = await openLane(parts, `faults-${seed}-${number}`);
    while (next < runs) {
      next += 1;
      const verdict = await playSchedule(lane, seed, next, watch.ended);
      if (verdict.ending !== 'neither') counts[verdict.ending] += 1;
      if (verdict.isLooping) counts.looping += 1;
      if (verdict.isTwoPairs) counts.twoPairsInUse += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => work(number)));
  await watch.close();
  return counts;
}

async function playSchedule(lane: Lane, seed: number, number: number, ended: EndedSignIn[]): Promise<Verdict> {
  const { sandbox, account, shop } = lane;
  const { clock } = sandbox.world;
  const { switches, steps } = drawSchedule(seed, number, lane.killWorker !== null);
  await shop.till.call('PUT', '/switches', switches);
  const startedAtMs = clock.nowMs();
  const endedBefore = ended.length;
  let allowedRefreshes = 1; // a sync of the last schedule may still meet what that one did to the token
  const pending: Promise<void>[] = [];
  const callers: { count: number; fromMs: number; toMs: number }[] = [];
  for (const { step, isAwaited, gapMs } of steps) {
    allowedRefreshes += refreshesCausedBy(step);
    const caller = { count: callersOf(step), fromMs: clock.nowMs(), toMs: Infinity };
    callers.push(caller);
    const running = playStep(lane, step).finally(() => {
      caller.toMs = clock.nowMs();
    });
    pending.push(running);
    await (isAwaited ? running : pause(gapMs));
  }
  await Promise.all(pending);
  const { ending, passes } = await settle(lane);
  allowedRefreshes += passes + Math.floor((clock.nowMs() - startedAtMs) / restMs);

  const signIns = new Set(lane.signIns());
  const log = sandbox.world.log
    .list()
    .filter(({ signIn }) => signIn !== undefined && signIns.has(signIn))
    .map((entry) => ({ ...entry, arrivedMs: Date.parse(entry.at) - entry.ms }))
    .filter(({ arrivedMs }) => arrivedMs >= startedAtMs);
  const refreshes = log.filter(({ grantType }) => grantType === 'refresh_token').length;
  const isLooping = refreshes > allowedRefreshes || log.some(({ status, fault }) => status === 429 && !fault);
  const isTwoPairs = ended.slice(endedBefore).some(({ signIn, atMs }) => {
    const late = log.filter(({ path, arrivedMs, ...entry }) => {
      return entry.signIn === signIn && path.startsWith('/API/') && arrivedMs > atMs;
    });
    const atWork = callers.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs);
    return late.length > atWork.reduce((sum, { count }) => sum + count, inBackground);
  });
  if (ending === 'neither' || isLooping || isTwoPairs) {
    // To play it again: the same seed and number give the same.
    const facts = { seed, number, account, ending, refreshes, allowedRefreshes, isTwoPairs, switches, steps };
    process.stderr.write(`${JSON.stringify(facts)}\n`);
  }
  return { ending, isLooping, isTwoPairs };
}

/** Each caller may have one call on its way when its connection ends; a look at the lists is six. */
function callersOf(step: Step): number {
  return step.kind === 'use' ? callsOfOptions * step.callers : 0;
}
