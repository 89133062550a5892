import type { Clock } from '../clock.ts';

/** An account's allowance: 90 + 10 per register above one, dripping 1 + 0.5 per register above one a second. */
export type Allowance = { size: number; dripRate: number; burst: number };

/** @see lightspeed-r-series.md, "5. Rate limits"; the burst limit is the docs' 20 for 90, taken as a fraction of the size */
export function allowanceFor(registers: number): Allowance {
  const more = Math.max(0, registers - 1);
  const size = 90 + 10 * more;
  return { size, dripRate: 1 + 0.5 * more, burst: Math.floor((size * 2) / 9) };
}

/** What the limiter says to a call; `level` and `burstLevel` are those after it. */
export type Verdict = { level: number; burstLevel: number } & (
  | { kind: 'allowed' }
  | { kind: 'refused'; by: 'api-leaky-bucket' | 'api-burst-limiter'; waitSeconds: number }
);

type Bucket = { level: number; atMs: number; window: number; inWindow: number };

/** A leaky bucket and one-second windows per account and client. Time is the sandbox's. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Charges a call. The one that first crosses the size is allowed; later ones wait until the level is below it. */
  charge(bucketKey: string, cost: number, allowance: Allowance, hasBurstLimit: boolean): Verdict {
    const bucket = this.#drain(bucketKey, allowance);
    if (hasBurstLimit && bucket.inWindow >= allowance.burst) {
      return { ...levels(bucket), kind: 'refused', by: 'api-burst-limiter', waitSeconds: 1 };
    }
    bucket.inWindow += 1;
    if (bucket.level >= allowance.size) {
      const waitSeconds = (bucket.level - allowance.size) / allowance.dripRate;
      return { ...levels(bucket), kind: 'refused', by: 'api-leaky-bucket', waitSeconds };
    }
    bucket.level += cost;
    return { ...levels(bucket), kind: 'allowed' };
  }

  /** Empties all buckets. */
  reset(): void {
    this.#buckets.clear();
  }

  #drain(key: string, { dripRate }: Allowance): Bucket {
    const nowMs = this.#clock.nowMs();
    const window = Math.floor(nowMs / 1000);
    const bucket = this.#buckets.get(key) ?? { level: 0, atMs: nowMs, window, inWindow: 0 };
    bucket.level = Math.max(0, bucket.level - ((nowMs - bucket.atMs) / 1000) * dripRate);
    bucket.atMs = nowMs;
    if (bucket.window !== window) Object.assign(bucket, { window, inWindow: 0 });
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

function levels(bucket: Bucket): { level: number; burstLevel: number } {
  return { level: bucket.level, burstLevel: bucket.inWindow };
}
