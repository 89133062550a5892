/**
 * Makes a manufacturer's part number comparable: case, spaces and punctuation are folded away, so that `ab-12/3` and
 * `AB 123` are equal; letters with accents stay what they are. Null if no letter or digit is left.
 */
export function normaliseMpn(raw: string | null | undefined): string | null {
  const folded = (raw ?? '')
    .replace(/[™℠©®]/g, '') // the compatibility form of ™ is the letters TM
    .normalize('NFKC')
    .toUpperCase()
    .normalize('NFKC') // upper-casing can decompose: ΐ becomes three characters
    .replace(/[^\p{L}\p{Nd}]/gu, '');
  return folded === '' ? null : folded;
}
