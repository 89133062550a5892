import type { Fault } from '../../sandbox/r-series/faults/fault.ts';
import type { FaultRules } from '../../sandbox/r-series/faults/fault-rules.ts';

/** Durations in ms: how late the till may commit after a 504, and how long one of our calls may take. */
export interface TillTimings {
  latestCommitMs: number;
  timeoutMs: number;
}

/** Has the till fail at random, by call and from its seed: before and after the commit, late, cut short, too slowly. */
export function addTillFaults(rules: FaultRules, { latestCommitMs, timeoutMs }: TillTimings): void {
  const beforeOrAfter = (['before-commit', 'after-commit'] as const).flatMap((when): [Fault, number][] => [
    [{ kind: 'status', status: 500, when }, 0.03],
    [{ kind: 'status', status: 503, when }, 0.02],
    [{ kind: 'html', status: 502, when }, 0.02],
    [{ kind: 'reset', when }, 0.04],
  ]);
  const lateCommits = [0.1, 0.5, 1].map((share): [Fault, number] => [
    { kind: 'late-commit', status: 504, commitAfterMs: Math.round(latestCommitMs * share) },
    0.02,
  ]);
  const writes: [Fault, number][] = [
    ...beforeOrAfter,
    ...lateCommits,
    [{ kind: 'truncated-json' }, 0.03],
    [{ kind: 'rate-limit', retryAfterSeconds: 0.3 }, 0.03],
    [{ kind: 'latency', ms: Math.min(latestCommitMs, timeoutMs + 300) }, 0.04], // booked, and nobody waits for the answer
  ];
  const reads: [Fault, number][] = [
    [{ kind: 'status', status: 503, when: 'before-commit' }, 0.02],
    [{ kind: 'html', status: 502, when: 'before-commit' }, 0.01],
    [{ kind: 'reset', when: 'before-commit' }, 0.02],
    [{ kind: 'truncated-json' }, 0.01],
    [{ kind: 'rate-limit', retryAfterSeconds: 0.3 }, 0.01],
    [{ kind: 'latency', ms: timeoutMs + 300 }, 0.01],
  ];
  const add = (method: string, path: string, faults: [Fault, number][]) => {
    for (const [fault, probability] of faults) rules.add({ fault, method, path, nth: 1, probability });
  };
  for (const [method, path] of [
    ['POST', 'Sale'],
    ['PUT', 'Sale/*'],
    ['POST', 'Customer'],
  ] as const) {
    add(method, path, writes);
  }
  for (const path of ['Sale', 'Sale/*', 'Customer', 'TaxCategory', 'Employee']) add('GET', path, reads);
}

/** How many calls each kind of fault has hit. */
export function countTillFaults(rules: FaultRules): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule, hits } of rules.list()) {
    const { fault } = rule;
    const name = 'when' in fault ? `${fault.kind}-${fault.when}` : fault.kind;
    counts[name] = (counts[name] ?? 0) + hits;
  }
  return counts;
}
