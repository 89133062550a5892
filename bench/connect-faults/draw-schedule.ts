import { seededRandom } from '../../sandbox/r-series/random.ts';

/** What happens to one connection: a call, a person's act, a fault, a crash, or time that passes. */
export type Step =
  /** So many callers read the account's lists through the API: six calls to the till each. */
  | { kind: 'use'; callers: number }
  | { kind: 'sync' }
  /** So many sign-ins at once, each brought to its end. */
  | { kind: 'connect'; employeeId: '1' | '2'; times: number }
  | { kind: 'abandon' }
  | { kind: 'disconnect' }
  /** The access token dies: as its end tells beforehand, or refused out of the blue. */
  | { kind: 'expire'; isTold: boolean }
  | { kind: 'revoke' }
  | { kind: 'lock'; isLocked: boolean }
  | { kind: 'fault'; path: '/auth/oauth/token' | '/API/*Session'; count: number; fault: Record<string, unknown> }
  /** Every database session in the middle of a refresh ends, as with the death of its process. */
  | { kind: 'drop-refreshes' }
  | { kind: 'kill-worker' }
  | { kind: 'pass'; ms: number };

/** `isAwaited`: the next step waits for this one's end, else it follows `gapMs` after its beginning. */
export interface Schedule {
  switches: Record<string, string>;
  steps: { step: Step; isAwaited: boolean; gapMs: number }[];
}

const minuteMs = 60_000;
const token = '/auth/oauth/token';

/** A random schedule; the same seed and number give the same. One in 20 kills a worker if there are any to kill. */
export function drawSchedule(seed: number, number: number, canKill: boolean): Schedule {
  const random = seededRandom(seed, `connect-faults/${number}`);
  const fault = (fields: Record<string, unknown>, path: '/auth/oauth/token' | '/API/*Session' = token): Step => {
    return { kind: 'fault', path, count: random.whole(1, 2), fault: fields };
  };
  const death = (): Step => ({ kind: 'expire', isTold: random.chance(0.5) });
  const use = (): Step => ({ kind: 'use', callers: random.whole(1, 3) });
  const connect = (): Step => ({ kind: 'connect', employeeId: '1', times: random.whole(1, 3) });
  /** Crashes and lost answers between received, stored and first used; replacements and endings in mid-refresh. */
  const scenes: (() => Step[])[] = [
    () => [death(), use()],
    () => [death(), { kind: 'sync' }, use()],
    () => [fault({ kind: 'reset', when: 'after-commit' }), death(), use()],
    () => [fault({ kind: 'status', status: 503 }), death(), use()],
    () => [fault({ kind: 'latency', ms: 2_300 }), death(), use()], // answered after it was given up
    () => [fault({ kind: 'latency', ms: 250 }), death(), use(), { kind: 'drop-refreshes' }, use()],
    () => [fault({ kind: 'latency', ms: 250 }), death(), use(), connect()],
    () => [fault({ kind: 'latency', ms: 250 }), death(), { kind: 'sync' }, { kind: 'disconnect' }, connect()],
    () => [fault({ kind: 'truncated-json' }), death(), use()],
    () => [{ kind: 'sync' }, use(), connect(), use()],
    () => [{ kind: 'connect', employeeId: '2', times: random.whole(1, 3) }, use()],
    () => [{ kind: 'abandon' }, { kind: 'abandon' }, use(), connect()],
    () => [fault({ kind: 'status', status: 503 }, '/API/*Session'), connect(), use()],
    () => [{ kind: 'disconnect' }, use(), connect()],
    () => [{ kind: 'revoke' }, use(), { kind: 'pass', ms: 2 * minuteMs }],
    () => [{ kind: 'lock', isLocked: true }, use(), { kind: 'pass', ms: 2 * minuteMs }, use()],
    () => [
      { kind: 'lock', isLocked: true },
      use(),
      { kind: 'lock', isLocked: false },
      { kind: 'pass', ms: 5 * minuteMs },
    ],
    () => [{ kind: 'pass', ms: random.pick([20_000, 40 * minuteMs, 65 * minuteMs]) }, use()],
  ];
  const steps = Array.from({ length: random.whole(1, 3) }, () => random.pick(scenes)()).flat();
  if (canKill && random.chance(0.05)) steps.splice(random.whole(0, steps.length), 0, { kind: 'kill-worker' });
  return {
    switches: {
      'refresh-revocation': random.pick(['on-first-use', 'at-once']),
      'barred-refresh': random.pick(['refused', 'granted']),
      'auth-401': random.pick(['new', 'old']),
    },
    steps: steps.map((step) => ({ step, isAwaited: random.chance(0.4), gapMs: random.whole(0, 150) })),
  };
}
