import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

test('an event is tried again after two seconds, later each time, and at least every 72 minutes', () => {
  expect(retryDelayMs(1, 0.5)).toBe(2_000);
  expect(retryDelayMs(2, 0.5)).toBe(4_000);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, chance) => {
      const delay = retryDelayMs(attempts, chance);
      expect(delay).toBeGreaterThanOrEqual(1_600);
      expect(delay).toBeLessThanOrEqual(4_320_000);
    }),
  );
});
