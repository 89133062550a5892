import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Clock } from '../clock.ts';
import { allowanceFor, RateLimiter } from './rate-limiter.ts';

/** A clock that stands still but for `advance`. */
function stillClock(): Clock {
  const clock = new Clock(1);
  let ms = 1_700_000_000_000;
  clock.nowMs = () => ms;
  clock.advance = (seconds) => {
    ms += seconds * 1_000;
  };
  return clock;
}

test('bucket and drip rate grow with the registers', () => {
  expect(allowanceFor(1)).toEqual({ size: 90, dripRate: 1, burst: 20 });
  expect(allowanceFor(4)).toMatchObject({ size: 120, dripRate: 2.5 });
});

test('the call that crosses the size is allowed, the next waits until the level is below it', () => {
  const clock = stillClock();
  const limiter = new RateLimiter(clock);
  const charge = () => limiter.charge('a', 60, allowanceFor(1), false);
  expect([charge().kind, charge().kind, charge().kind]).toEqual(['allowed', 'allowed', 'refused']);
  expect(limiter.charge('b', 1, allowanceFor(1), false).kind).toBe('allowed'); // another client's bucket
  clock.advance(29);
  expect(charge()).toMatchObject({ kind: 'refused', by: 'api-leaky-bucket', waitSeconds: 1 });
  clock.advance(1.5);
  expect(charge()).toMatchObject({ kind: 'allowed', level: 149.5 });
});

test('twenty requests fit into a second, the next second starts anew', () => {
  const clock = stillClock();
  const limiter = new RateLimiter(clock);
  const kinds = Array.from({ length: 21 }, () => limiter.charge('a', 0, allowanceFor(1), true).kind);
  expect(kinds.filter((kind) => kind === 'allowed')).toHaveLength(20);
  clock.advance(1);
  expect(limiter.charge('a', 0, allowanceFor(1), true).kind).toBe('allowed');
});

test('no run of calls ever gets more than the bucket, one crossing and the drips', () => {
  const step = fc.record({ waitMs: fc.integer({ min: 0, max: 5_000 }), cost: fc.integer({ min: 1, max: 20 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const clock = stillClock();
      const limiter = new RateLimiter(clock);
      let spent = 0;
      let seconds = 0;
      for (const { waitMs, cost } of steps) {
        clock.advance(waitMs / 1_000);
        seconds += waitMs / 1_000;
        if (limiter.charge('a', cost, allowanceFor(1), false).kind === 'allowed') spent += cost;
        expect(spent).toBeLessThanOrEqual(90 + 20 + seconds + 1e-6);
      }
    }),
  );
});
