import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createKeyRing } from './key-ring.ts';

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
  expect(ring.isCurrent(sealed)).toBe(false);
  expect(ring.seal('token', 'x')).toMatch(/^v1\.2026\./);
});

test('a malformed key is refused by its position, without showing it', () => {
  expect(() => createKeyRing('a:c2hvcnQ=')).toThrow('entry 1');
  expect(() => createKeyRing('a:c2hvcnQ=')).not.toThrow('c2hvcnQ');
});
