import { expect } from 'vitest';
import { test as base, platformKey } from '../stack-test.ts';
import { callApi, createTenant } from './call-api.ts';

const test = base.extend({ overrides: [{ API_RATE_LIMIT_PER_MINUTE: '20' }, { scope: 'file' }] });

test('one key that asks too often waits, and the others do not', async ({ app }) => {
  const { tenant, admin, operator } = await createTenant(app.url, platformKey, 'busy');
  const read = (key: string) => callApi(app.url, 'GET', `/v1/tenants/${tenant}/events`, { key });
  const answers = await Promise.all(Array.from({ length: 45 }, () => read(admin.key)));
  const answered = answers.filter(({ status }) => status === 200).length;
  expect(answered).toBeGreaterThanOrEqual(15);
  expect(answered).toBeLessThanOrEqual(40); // a new minute may begin in between
  const limited = answers.find(({ status }) => status === 429)!;
  expect(limited.body).toMatchObject({ code: 'too-many-requests' });
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await read(operator.key)).status).toBe(200);
});

test('who guesses keys is slowed down, and health still answers', async ({ app }) => {
  const guess = () => callApi(app.url, 'GET', '/v1/tenants', { key: `tb_admin_${Math.random()}${'x'.repeat(30)}` });
  const answers = await Promise.all(Array.from({ length: 30 }, guess));
  expect(answers.some(({ status }) => status === 429)).toBe(true);
  expect((await callApi(app.url, 'GET', '/healthz')).status).toBe(200);
});
