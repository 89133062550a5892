/**
 * Makes a brand's name comparable: case, spaces, punctuation and accents are folded away (`Crème & Co.` is
 * `CREMECO`). Company suffixes stay: to drop them would make two brands of one where it matters most, and a
 * difference only turns a match from automatic to pending. Null if no letter or digit is left.
 */
export function normaliseBrand(raw: string | null | undefined): string | null {
  const folded = (raw ?? '')
    .replace(/[™℠©®]/g, '') // the compatibility form of ™ is the letters TM
    .normalize('NFKD')
    .toUpperCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{Nd}]/gu, '');
  return folded === '' ? null : folded;
}
