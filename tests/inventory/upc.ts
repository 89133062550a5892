/** A UPC-12 with a right check digit; the seeded bike shop has none that begins with 9. */
export function upc(number: number): string {
  const digits = `9${String(number).padStart(10, '0')}`;
  const sum = digits.split('').reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
