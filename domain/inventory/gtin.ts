/** A product code made comparable. At most one of the two is set. */
export type NormalisedGtin = {
  /** Fourteen digits with a right check digit: equal ones are the same product. */
  gtin14: string | null;
  /** The stripped text of a code that is no GTIN: it may match the identical text only, and only as pending. */
  identical: string | null;
};

const separators = /[\s\p{Pd}\u2212\u200b\ufeff]+/gu;
/** 11 digits are a UPC-12 that lost its leading zero, in a spreadsheet for instance. */
const gtinLengths = new Set([8, 11, 12, 13, 14]);

/**
 * Makes a GTIN-8, -12 (UPC), -13 (EAN) or -14 comparable: spaces and dashes go, the check digit is verified, and
 * zeros on the left make it 14 digits, so that a UPC and its EAN-13 spelling are equal. A code with a wrong check
 * digit, of another length or with other characters comes back as `identical`. Empty and all-zero codes are nothing.
 *
 * @see GS1 General Specifications, 7.9 (check digit); lightspeed-r-series.md, "Item": upc and ean hold 11–14 digits.
 */
export function normaliseGtin(raw: string | null | undefined): NormalisedGtin {
  const code = (raw ?? '').normalize('NFKC').replace(separators, '');
  if (/^0*$/.test(code)) return { gtin14: null, identical: null };
  if (!/^\d+$/.test(code) || !gtinLengths.has(code.length)) return { gtin14: null, identical: code };
  const gtin14 = code.padStart(14, '0');
  return hasRightCheckDigit(gtin14) ? { gtin14, identical: null } : { gtin14: null, identical: code };
}

function hasRightCheckDigit(gtin14: string): boolean {
  let sum = 0;
  for (let position = 0; position < 14; position += 1) {
    sum += Number(gtin14[position]) * (position % 2 === 0 ? 3 : 1); // the last digit, the check digit itself, weighs 1
  }
  return sum % 10 === 0;
}

/** What is wrong with a code of digits that is no GTIN, in plain words; null where nothing is, or it isn't one at all. */
export function describeCode(raw: string): string | null {
  const { identical } = normaliseGtin(raw);
  if (identical === null || !/^\d{6,}$/.test(identical)) return null;
  if (!gtinLengths.has(identical.length)) return `A UPC or EAN has 8 or 12 to 14 digits, this has ${identical.length}.`;
  const stem = identical.slice(0, -1);
  const right = '0123456789'.split('').find((digit) => hasRightCheckDigit(`${stem}${digit}`.padStart(14, '0')));
  return `Its check digit is wrong: it would be ${stem}${right}.`;
}
