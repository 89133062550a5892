import { describe, expect, test } from 'vitest';
import { describePull, secondsLeft } from './pull-progress.ts';

const begun = {
  elapsedMs: 10_000,
  pages: 10,
  pagesExpected: 1_000,
  spentDrips: 14,
  freeDrips: 0,
  dripRate: 1,
  silentMs: 0,
};

describe('R22: how long the first pull will take', () => {
  test('is not known before the till has told how much there is', () => {
    expect(secondsLeft({ ...begun, pages: 0, pagesExpected: null })).toBeNull();
    expect(describePull({ ...begun, pages: 0, pagesExpected: null }, null)).toContain('known in a moment');
  });

  test('follows the rate limit, less what is free of it now', () => {
    expect(secondsLeft(begun)).toBe(1_386);
    expect(secondsLeft({ ...begun, freeDrips: 386 })).toBe(1_000);
    expect(secondsLeft({ ...begun, pages: 0, spentDrips: 0 })).toBe(1_400);
  });

  test('follows the speed so far where the till is slower than its limit', () => {
    expect(secondsLeft({ ...begun, elapsedMs: 40_000 })).toBe(3_960);
  });

  test('is nothing once more pages have come than were expected', () => {
    expect(secondsLeft({ ...begun, pages: 1_001 })).toBe(0);
  });

  test('is not made up while the till does not answer', () => {
    expect(describePull({ ...begun, silentMs: 180_000 }, 60)).toContain('has not answered for about 3 minutes');
  });

  test.for([
    [59, 'less than a minute'],
    [1_386, 'about 24 minutes'],
    [9_000, 'about 3 hours'],
  ] as const)('%d s are told as %s', ([seconds, words]) => {
    expect(describePull(begun, seconds)).toBe(`Lightspeed is being read: 10 of about 1000 pages, ${words} left.`);
  });
});
