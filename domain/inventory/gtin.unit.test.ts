import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeCode, normaliseGtin } from './gtin.ts';

/** The GS1 rule said another way: from the right, data digits weigh 3, 1, 3, …; the check digit fills up to ten. */
const withCheckDigit = (data: string): string => {
  const sum = data
    .split('')
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * [3, 1][index % 2]!, 0);
  return `${data}${(10 - (sum % 10)) % 10}`;
};
const digits = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{${length}}$`)).filter((code) => /[1-9]/.test(code));
const gtin = fc.oneof(digits(7), digits(11), digits(12), digits(13)).map(withCheckDigit);

describe('codes of real products', () => {
  test.each([
    ['UPC-A', '036000291452', '00036000291452'],
    ['R16/R17: the same UPC written as an EAN-13', '0036000291452', '00036000291452'],
    ['a UPC whose leading zero a spreadsheet ate', '36000291452', '00036000291452'],
    ['EAN-13', '4006381333931', '04006381333931'],
    ['EAN-8', '73513537', '00000073513537'],
    ['GTIN-14 of a case', '10614141000415', '10614141000415'],
    ['with spaces and dashes', ' 4-006381 333931 ', '04006381333931'],
    ['with an en dash and a no-break space', '4–006381\u00a0333931', '04006381333931'],
    ['in full-width digits', '４００６３８１３３３９３１', '04006381333931'],
  ])('%s', (_name, raw, gtin14) => {
    expect(normaliseGtin(raw)).toEqual({ gtin14, identical: null });
  });

  test.each([
    ['wrong check digit', '036000291453', '036000291453'],
    ['wrong check digit, with dashes', '0-36000-29145-3', '036000291453'],
    ['an 11-digit code that is no UPC with a zero before it', '36000291453', '36000291453'],
    ['ten digits', '6000291452', '6000291452'],
    ['fifteen digits', '004006381333931', '004006381333931'],
    ['letters', 'ABC 123', 'ABC123'],
    ['a spreadsheet number', '4.00638E+12', '4.00638E+12'],
  ])('%s matches the identical text only', (_name, raw, identical) => {
    expect(normaliseGtin(raw)).toEqual({ gtin14: null, identical });
  });

  test.each([null, undefined, '', '  ', '0', '000000000000', '00000000000000', '-'])('%j is no code', (raw) => {
    expect(normaliseGtin(raw)).toEqual({ gtin14: null, identical: null });
  });
});

test('every right code normalises to itself with zeros before it, however often', () => {
  fc.assert(
    fc.property(gtin, (code) => {
      const { gtin14 } = normaliseGtin(code);
      expect(gtin14).toBe(code.padStart(14, '0'));
      expect(normaliseGtin(gtin14)).toEqual({ gtin14, identical: null });
    }),
  );
});

test('leading zeros up to the next length, spaces and dashes do not change a code', () => {
  fc.assert(
    fc.property(
      digits(11).map(withCheckDigit),
      fc.constantFrom('', '0', '00'),
      fc.integer({ min: 0, max: 14 }),
      (code, zeros, at) => {
        const spelled = `${zeros}${code}`;
        const split = `${spelled.slice(0, at)} - ${spelled.slice(at)}`;
        expect(normaliseGtin(split)).toEqual(normaliseGtin(code));
      },
    ),
  );
});

test('a wrong check digit never gives a GTIN', () => {
  fc.assert(
    fc.property(gtin, fc.integer({ min: 1, max: 9 }), (code, off) => {
      const wrong = `${code.slice(0, -1)}${(Number(code.at(-1)) + off) % 10}`;
      expect(normaliseGtin(wrong)).toEqual({ gtin14: null, identical: /^0+$/.test(wrong) ? null : wrong });
    }),
  );
});

test('whatever is put in, at most one of the two comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      const { gtin14, identical } = normaliseGtin(raw);
      expect(gtin14 === null || identical === null).toBe(true);
      if (gtin14 !== null) expect(gtin14).toMatch(/^\d{14}$/);
    }),
  );
});

test.each([
  ['036000291453', 'Its check digit is wrong: it would be 036000291452.'],
  ['0360002914', 'A UPC or EAN has 8 or 12 to 14 digits, this has 10.'],
  ['036000291452', null],
  ['VEL-0001', null],
  ['1234', null],
])('R36: what is wrong with the code %s is told', (code, said) => {
  expect(describeCode(code)).toBe(said);
});
