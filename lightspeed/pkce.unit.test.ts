import { expect, test } from 'vitest';
import { challengeOf, createVerifier } from './pkce.ts';

test('the challenge is that of RFC 7636, appendix B', () => {
  expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
});

test('a verifier is fresh, and of the length and letters that the RFC allows', () => {
  const verifiers = Array.from({ length: 50 }, createVerifier);
  expect(new Set(verifiers).size).toBe(50);
  for (const verifier of verifiers) expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
});
