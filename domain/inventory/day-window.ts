import { DateTime } from 'luxon';

/** Times on the tenant's clock as `HH:MM`, `00:00` to `24:00`. An end before the start lies on the next day. */
export type DayWindow = { start: string; end: string };

const clockTime = /^(?:([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/**
 * Whether the till may be polled now (R9: during the day). The start belongs to the window, the end does not; a start
 * equal to the end is the whole day. What counts is the clock on the wall: where it is put back, an hour inside the
 * window is longer, and nothing else changes.
 *
 * @throws RangeError if the time, the zone or the window can't be read.
 */
export function isWithinDayWindow(nowIso: string, zone: string, window: DayWindow): boolean {
  if (!clockTime.test(window.start) || !clockTime.test(window.end)) {
    throw new RangeError(`"${window.start}" to "${window.end}" is not a window of a day`);
  }
  const now = DateTime.fromISO(nowIso, { zone });
  if (!now.isValid) throw new RangeError(`"${nowIso}" in zone "${zone}" is not a time`);
  const clock = now.toFormat('HH:mm');
  const isPastStart = clock >= window.start;
  const isBeforeEnd = clock < window.end;
  return window.start < window.end ? isPastStart && isBeforeEnd : isPastStart || isBeforeEnd;
}
