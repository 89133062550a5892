import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { resolveSaleWindow } from './sale-window.ts';

describe("R13: a sale shows from the start of its first day to the end of its last, in the tenant's zone", () => {
  test.each([
    [
      'New York in summer',
      'America/New_York',
      '2026-07-01',
      '2026-07-01',
      '2026-07-01T04:00:00.000Z',
      '2026-07-02T04:00:00.000Z',
    ],
    [
      'over the day clocks go forward',
      'America/New_York',
      '2026-03-08',
      '2026-03-08',
      '2026-03-08T05:00:00.000Z',
      '2026-03-09T04:00:00.000Z',
    ],
    [
      'over the day clocks go back',
      'America/New_York',
      '2026-11-01',
      '2026-11-01',
      '2026-11-01T04:00:00.000Z',
      '2026-11-02T05:00:00.000Z',
    ],
    [
      'a day without a midnight',
      'America/Sao_Paulo',
      '2018-11-04',
      '2018-11-04',
      '2018-11-04T03:00:00.000Z',
      '2018-11-05T02:00:00.000Z',
    ],
    [
      'a day with two midnights',
      'America/Havana',
      '2026-11-01',
      '2026-10-31',
      '2026-11-01T04:00:00.000Z',
      '2026-11-01T04:00:00.000Z',
    ],
    [
      'the end of the year',
      'Europe/Paris',
      '2026-12-31',
      '2026-12-31',
      '2026-12-30T23:00:00.000Z',
      '2026-12-31T23:00:00.000Z',
    ],
    ['29 February', 'UTC', '2028-02-29', '2028-02-29', '2028-02-29T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ])('%s', (_name, zone, start, end, startsAt, endsAt) => {
    expect(resolveSaleWindow({ start, end }, zone)).toEqual({ startsAt, endsAt });
  });
});

test('instants are taken as they are, whatever the zone', () => {
  const sale = { start: '2026-07-01T09:00:00+02:00', end: '2026-07-31T23:59:59.5Z' };
  const window = { startsAt: '2026-07-01T07:00:00.000Z', endsAt: '2026-07-31T23:59:59.500Z' };
  expect(resolveSaleWindow(sale, 'America/New_York')).toEqual(window);
  expect(resolveSaleWindow(sale, 'Asia/Tokyo')).toEqual(window);
});

test('R13: without a start date there is no start; the end is optional', () => {
  expect(resolveSaleWindow({}, 'UTC')).toEqual({ startsAt: null, endsAt: null });
  expect(resolveSaleWindow({ start: null, end: '2026-01-01' }, 'UTC').startsAt).toBeNull();
  expect(resolveSaleWindow({ start: '2026-01-01', end: null }, 'UTC').endsAt).toBeNull();
});

test.each(['2026-02-30', '2026-13-01', '01/02/2026', '2026-07-01T09:00', '2026-07-01T09:00:00', 'soon', ''])(
  '%j is refused',
  (start) => {
    expect(() => resolveSaleWindow({ start }, 'UTC')).toThrow(RangeError);
    expect(() => resolveSaleWindow({ end: start }, 'UTC')).toThrow(RangeError);
  },
);

test('an unknown zone is refused', () => {
  expect(() => resolveSaleWindow({ start: '2026-07-01' }, 'Mars/Olympus')).toThrow('"Mars/Olympus" is not a time zone');
});

const zones = [
  'UTC',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Havana',
];

test('a window of one day holds exactly the minutes that bear that date on a clock of the zone', () => {
  const day = fc.integer({ min: 0, max: 16 * 365 }).map((days) => DateTime.utc(2015).plus({ days }).toISODate());
  fc.assert(
    fc.property(day, fc.constantFrom(...zones), fc.integer({ min: -26 * 60, max: 50 * 60 }), (date, zone, minutes) => {
      const { startsAt, endsAt } = resolveSaleWindow({ start: date, end: date }, zone);
      const moment = DateTime.fromISO(`${date}T00:00:00Z`).plus({ minutes });
      const isInside = moment >= DateTime.fromISO(startsAt!) && moment < DateTime.fromISO(endsAt!);
      expect(isInside).toBe(moment.setZone(zone).toISODate() === date);
    }),
    { numRuns: 500 },
  );
});
