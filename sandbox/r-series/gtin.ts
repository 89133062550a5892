/** The GS1 check digit over the digits before it: weights 3 and 1 from the right. @see GS1 General Specifications, 7.9 */
function checkDigit(digits: string): string {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    sum += Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 3 : 1);
  }
  return String((10 - (sum % 10)) % 10);
}

/** `body` with its check digit behind it. */
export function withCheckDigit(body: string): string {
  return body + checkDigit(body);
}
