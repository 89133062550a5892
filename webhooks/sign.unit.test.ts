import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { createSigningSecret, isSigningSecret, sign } from './sign.ts';

test("a receiver's own library accepts what we sign, and nothing that was changed", () => {
  const secret = createSigningSecret();
  const headers = sign(secret, 'id-1', '{"number":1}', new Date());
  expect(new Webhook(secret).verify('{"number":1}', headers)).toEqual({ number: 1 });
  expect(() => new Webhook(secret).verify('{"number":2}', headers)).toThrow();
  expect(() => new Webhook(createSigningSecret()).verify('{"number":1}', headers)).toThrow();
});

test('a supplied secret must be one', () => {
  expect(isSigningSecret(createSigningSecret())).toBe(true);
  for (const wrong of ['', 'whsec_', 'whsec_short', 'secret', `whsec_${'é'.repeat(40)}`, 'whsec_AAAA']) {
    expect(isSigningSecret(wrong)).toBe(false);
  }
});
