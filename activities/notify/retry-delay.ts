const FIRST_MS = 2_000;
const LONGEST_MS = 3_600_000;

/**
 * How long an event waits after its n-th failed attempt: twice as long each time, an hour at most, spread by a fifth
 * either way so that a receiver that comes back isn't met by all at once.
 * @param chance from 0 to 1
 */
export function retryDelayMs(attempts: number, chance: number): number {
  const steady = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(20, attempts - 1));
  return Math.round(steady * (0.8 + 0.4 * chance));
}
