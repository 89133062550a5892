/** How far a full pull has come, and what the till's rate limit allows it; drips and drips a second. */
export interface PullProgress {
  elapsedMs: number;
  pages: number;
  /** Null until the till has told how many items there are. */
  pagesExpected: number | null;
  spentDrips: number;
  /** What the bucket holds beyond what a pull must leave free. */
  freeDrips: number;
  dripRate: number;
}

/** A page of 100 items with their stock. @see lightspeed-r-series.md, "Rate limits" */
const dripsPerPage = 1.4;

/**
 * How long a full pull will take from now: the pages left at the speed so far, or at the bucket's once what is in it now
 * is used up, whichever is slower. Null until its length is known.
 */
export function secondsLeft(progress: PullProgress): number | null {
  const { elapsedMs, pages, pagesExpected, spentDrips, freeDrips, dripRate } = progress;
  if (pagesExpected === null) return null;
  const left = Math.max(0, pagesExpected - pages);
  const cost = pages > 0 ? Math.max(dripsPerPage, spentDrips / pages) : dripsPerPage;
  const atSpeedSoFar = pages > 0 ? (left * elapsedMs) / pages / 1_000 : 0;
  const atDripRate = Math.max(0, left * cost - freeDrips) / dripRate;
  return Math.ceil(Math.max(atSpeedSoFar, atDripRate));
}

/** A pull that waits for its share of the rate limit is silent for so long at most. */
const patienceMs = 120_000;

/** The same in a sentence. @param silentMs since the last page came. */
export function describePull(
  { pages, pagesExpected, silentMs }: Pick<PullProgress, 'pages' | 'pagesExpected'> & { silentMs: number },
  left: number | null,
): string {
  if (silentMs > patienceMs) {
    return `Lightspeed has not answered for ${duration(silentMs / 1_000)}; it is asked again until it does.`;
  }
  if (left === null || pagesExpected === null) {
    return 'Lightspeed is being read; how long it will take is known in a moment.';
  }
  return `Lightspeed is being read: ${pages} of about ${pagesExpected} pages, ${duration(left)} left.`;
}

function duration(seconds: number): string {
  if (seconds < 60) return 'less than a minute';
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return `about ${minutes} minutes`;
  return `about ${Math.ceil(minutes / 60)} hours`;
}
