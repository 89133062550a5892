import { DateTime } from 'luxon';

/**
 * A moment (ISO 8601) on a tenant's clock, as people read it: `2026-11-24 00:30 (America/New_York)`.
 *
 * @throws RangeError if the moment or the zone can't be read.
 */
export function showMoment(at: string, zone: string): string {
  const moment = DateTime.fromISO(at, { zone });
  if (!moment.isValid) throw new RangeError(`"${at}" in zone "${zone}" is not a time`);
  return moment.toFormat("yyyy-MM-dd HH:mm '('z')'");
}
