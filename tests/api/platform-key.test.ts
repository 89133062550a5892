import { expect } from 'vitest';
import { ensurePlatformKey } from '../../db/tenants/ensure-platform-key.ts';
import { findKey } from '../../db/tenants/find-key.ts';
import { test } from '../stack-test.ts';

test('the first start makes one key for the platform, however many processes start', async ({ db }) => {
  const made = await Promise.all(Array.from({ length: 5 }, () => ensurePlatformKey(db, undefined)));
  const keys = made.filter((key) => key !== null);
  expect(keys).toHaveLength(1);
  expect(await findKey(db, keys[0]!)).toMatchObject({ role: 'platform', tenant: null });
});

test('a configured key works at once, and the one before it no longer', async ({ db }) => {
  const [first, second] = ['a', 'b'].map((letter) => `tb_platform_${letter.repeat(43)}`) as [string, string];
  expect(await ensurePlatformKey(db, first)).toBeNull();
  expect(await findKey(db, first)).toMatchObject({ role: 'platform' });
  await ensurePlatformKey(db, second);
  expect(await findKey(db, first)).toBeNull();
  expect(await findKey(db, second)).toMatchObject({ role: 'platform' });
  await ensurePlatformKey(db, first);
  expect(await findKey(db, first)).toMatchObject({ role: 'platform' });
});
