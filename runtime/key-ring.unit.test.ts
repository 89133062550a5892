import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createKeyRing, keyIdOf, sealedPattern } from './key-ring.ts';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

test('a sealed secret opens with its own binding only', () => {
  const ring = createKeyRing(key('a'));
  const sealed = ring.seal('token', 'acme/connections.accessToken');
  expect(sealed).not.toContain('token');
  expect(ring.open(sealed, 'acme/connections.accessToken')).toBe('token');
  expect(() => ring.open(sealed, 'other/connections.accessToken')).toThrow();
});

test('an older key still opens, and the newest seals', () => {
  const old = key('2025');
  const sealed = createKeyRing(old).seal('token', 'x');
  const ring = createKeyRing(`${key('2026')},${old}`);
  expect(ring.open(sealed, 'x')).toBe('token');
  expect(ring.keyIds).toEqual(['2026', '2025']);
  expect(keyIdOf(sealed)).toBe('2025');
  expect(ring.seal('token', 'x')).toMatch(/^v1\.2026\./);
  expect(ring.seal('token', 'x')).toMatch(new RegExp(sealedPattern));
});

test('a malformed key is refused by its position, without showing it', () => {
  expect(() => createKeyRing('a:c2hvcnQ=')).toThrow('entry 1');
  expect(() => createKeyRing('a:c2hvcnQ=')).not.toThrow('c2hvcnQ');
});

test('two keys of one name are refused: what they sealed could not be told apart', () => {
  expect(() => createKeyRing(`${key('a')},${key('a')}`)).toThrow('alike');
});

test('a fingerprint says which key made it, and differs by what it is bound to', () => {
  const [a, b] = [key('a'), key('b')];
  const made = createKeyRing(a).fingerprint('jane@example.com', 'acme/x');
  expect(made).toMatch(/^a\.[A-Za-z0-9_-]{43}$/);
  expect(createKeyRing(`${a},${b}`).fingerprint('jane@example.com', 'acme/x')).toBe(made);
  expect(createKeyRing(a).fingerprint('jane@example.com', 'other/x')).not.toBe(made);
});
