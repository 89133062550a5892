import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { isWithinDayWindow } from './day-window.ts';

const day = { start: '06:00', end: '22:00' };
const night = { start: '22:00', end: '06:00' };

test.each([
  ['at its start', '2026-07-01T10:00:00Z', day, true],
  ['a second before it', '2026-07-01T09:59:59Z', day, false],
  ['in its last minute', '2026-07-02T01:59:59Z', day, true],
  ['at its end', '2026-07-02T02:00:00Z', day, false],
  ['after midnight in a window over midnight', '2026-07-01T06:00:00Z', night, true],
  ['before midnight in a window over midnight', '2026-07-02T03:00:00Z', night, true],
  ['at noon in a window over midnight', '2026-07-01T16:00:00Z', night, false],
  ['an hour earlier in UTC once clocks have gone forward', '2026-03-08T10:00:00Z', day, true],
  ['at the same UTC hour the day before', '2026-03-07T10:00:00Z', day, false],
  ['in the hour that comes twice, first time', '2026-11-01T05:30:00Z', { start: '01:00', end: '02:00' }, true],
  ['in the hour that comes twice, second time', '2026-11-01T06:30:00Z', { start: '01:00', end: '02:00' }, true],
  ['until the end of the day', '2026-07-02T03:59:00Z', { start: '06:00', end: '24:00' }, true],
])('R9: New York polls %s: %s', (_name, now, window, expected) => {
  expect(isWithinDayWindow(now, 'America/New_York', window)).toBe(expected);
});

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);

test('a window and its opposite share the day between them', () => {
  const moment = fc
    .integer({ min: 0, max: 10 * 366 * 24 * 60 })
    .map((minutes) => `${DateTime.utc(2020).plus({ minutes }).toISO()}`);
  fc.assert(
    fc.property(moment, clock, clock, (now, start, end) => {
      fc.pre(start !== end);
      const here = isWithinDayWindow(now, 'Europe/London', { start, end });
      expect(isWithinDayWindow(now, 'Europe/London', { start: end, end: start })).toBe(!here);
      expect(isWithinDayWindow(now, 'Europe/London', { start, end: start })).toBe(true);
    }),
  );
});

test.each([
  ['2026-07-01T10:00:00Z', 'UTC', { start: '6:00', end: '22:00' }],
  ['2026-07-01T10:00:00Z', 'UTC', { start: '06:00', end: '25:00' }],
  ['2026-07-01T10:00:00Z', 'Mars/Olympus', day],
  ['noon', 'UTC', day],
])('%s in %s over %j is refused', (now, zone, window) => {
  expect(() => isWithinDayWindow(now, zone, window)).toThrow(RangeError);
});
