import { DateTime } from 'luxon';

/** UTC instants as `2026-07-01T04:00:00.000Z`; the end is the first moment at which the sale is over. */
export type SaleWindow = {
  /** Null: the sale never begins (R13: a sale price shows only from its start date). */
  startsAt: string | null;
  /** Null: the sale does not end by itself. */
  endsAt: string | null;
};

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

/**
 * When a sale of the storefront's catalogue begins and ends (R13). A date without a time is a day in the tenant's
 * zone: a start is its first moment, an end includes the whole day. RFC 3339 instants are taken as they are. A window
 * whose end does not come after its start is never open; whether that is worth a refusal is the caller's choice.
 *
 * @throws RangeError if a date is neither form or does not exist, or the zone is unknown.
 */
export function resolveSaleWindow(
  sale: { start?: string | null | undefined; end?: string | null | undefined },
  zone: string,
): SaleWindow {
  return {
    startsAt: sale.start == null ? null : resolve(sale.start, zone, 0),
    endsAt: sale.end == null ? null : resolve(sale.end, zone, 1),
  };
}

function resolve(text: string, zone: string, daysAfterDate: number): string {
  if (dateOnly.test(text)) return startOfDay(text, daysAfterDate, zone);
  const moment = instant.test(text) ? DateTime.fromISO(text.toUpperCase(), { zone: 'utc' }) : null;
  if (!moment?.isValid) throw new RangeError(`"${text}" is neither a date nor an RFC 3339 instant`);
  return moment.toISO();
}

function startOfDay(date: string, daysLater: number, zone: string): string {
  const day = DateTime.fromISO(date, { zone: 'utc' }).plus({ days: daysLater });
  if (!day.isValid) throw new RangeError(`"${date}" is not a day of the calendar`);
  const midnight = DateTime.fromISO(day.toISODate(), { zone });
  if (!midnight.isValid) throw new RangeError(`"${zone}" is not a time zone`);
  // Where clocks go back over midnight it comes twice: the day starts at the first. Where they skip it, luxon moves on.
  const first = DateTime.min(...midnight.getPossibleOffsets()) ?? midnight;
  return first.toUTC().toISO();
}
