import { connect } from 'node:net';
import { expect } from 'vitest';
import { platformKey, test } from '../stack-test.ts';
import { callApi } from './call-api.ts';

const facts = { name: 'Acme', timeZone: 'America/New_York', currency: 'USD' };
const put = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  callApi(url, 'PUT', '/v1/tenants/acme', { key: platformKey, body, headers });

test('creating a retailer twice gives one retailer, and what is said about it may change', async ({ app }) => {
  expect((await put(app.url, facts)).status).toBe(201);
  expect((await put(app.url, facts)).status).toBe(200);
  const moved = await put(app.url, { ...facts, timeZone: 'Europe/Berlin' });
  expect(moved.body).toMatchObject({ tenant: 'acme', timeZone: 'Europe/Berlin', currency: 'USD' });
  const list = await callApi(app.url, 'GET', '/v1/tenants?limit=1', { key: platformKey });
  expect(list.body).toMatchObject({ tenants: [{ tenant: 'acme' }], next: 'acme' });
});

test('every field at fault is named, and unknown ones are refused', async ({ app }) => {
  const answer = await put(app.url, { name: '', timeZone: 'Mars/Olympus', currency: 'Euro', colour: 'red' });
  expect(answer.status).toBe(422);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ code: 'invalid', status: 422, type: 'urn:tillbridge:problem:invalid' });
  const fields = (answer.body['errors'] as { field: string }[]).map(({ field }) => field);
  expect(fields.toSorted()).toEqual(['colour', 'currency', 'name', 'timeZone']);
  const query = await callApi(app.url, 'GET', '/v1/tenants?colour=red', { key: platformKey });
  expect([query.status, query.body['field']]).toEqual([422, 'query.colour']);
});

test.for([
  ['{"name":', 400, 'malformed-json'],
  ['', 422, 'invalid'],
  ['null', 422, 'invalid'],
  ['[]', 422, 'invalid'],
  ['"text"', 422, 'invalid'],
  [JSON.stringify({ ...facts, name: 'a\0b' }), 400, 'bad-request'],
  [JSON.stringify({ ...facts, name: '\ud800' }), 400, 'bad-request'],
  ['{"name":"x","__proto__":{"timeZone":"UTC"}}', 422, 'invalid'],
  [JSON.stringify({ ...facts, name: 'x'.repeat(5 * 1024 * 1024) }), 413, 'body-too-large'],
] as const)('the body %.30s is refused as %d %s', async ([body, status, code], { app }) => {
  const answer = await put(app.url, body);
  expect([answer.status, answer.body['code']]).toEqual([status, code]);
  expect(answer.text).not.toMatch(/node_modules|\.ts:|at /);
});

test('a body of another type is refused before it is read', async ({ app }) => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    expect((await put(app.url, '{}', { 'content-type': type })).status).toBe(415);
  }
  expect((await put(app.url, '{}', { 'content-encoding': 'br' })).status).toBe(400);
});

test('tenants with odd names are refused by name', async ({ app }) => {
  for (const name of ['A', 'UPPER', '-x', 'a_b', 'x'.repeat(42), '..%2f..', 'a%00b', '%f0%9f%92%a9']) {
    const answer = await callApi(app.url, 'PUT', `/v1/tenants/${name}`, { key: platformKey, body: facts });
    expect([name, [400, 404, 422].includes(answer.status)]).toEqual([name, true]);
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
  }
});

test('what is not there, and what is but not so, says so', async ({ app }) => {
  const nothing = await callApi(app.url, 'GET', '/v2/anything', { key: platformKey });
  expect([nothing.status, nothing.body['code']]).toEqual([404, 'not-found']);
  const wrong = await callApi(app.url, 'POST', '/v1/tenants/acme', { key: platformKey });
  expect([wrong.status, wrong.body['code'], wrong.headers.get('allow')]).toEqual([
    405,
    'method-not-allowed',
    'DELETE, GET, PUT',
  ]);
  const missing = await callApi(app.url, 'GET', '/v1/tenants/nobody', { key: platformKey });
  expect([missing.status, missing.body['code']]).toEqual([404, 'not-found']);
  const broken = await callApi(app.url, 'GET', '/v1/tenants/%E0%A4%A', { key: platformKey });
  expect([broken.status, broken.body['code']]).toEqual([400, 'bad-request']);
});

test('an answer can be found again by its request id', async ({ app }) => {
  const given = await callApi(app.url, 'GET', '/healthz', { headers: { 'x-request-id': 'checkout-12345' } });
  expect(given.headers.get('x-request-id')).toBe('checkout-12345');
  const forged = await callApi(app.url, 'GET', '/v2', { headers: { 'x-request-id': '<script>alert(1)</script>' } });
  expect(forged.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(forged.body['requestId']).toBe(forged.headers.get('x-request-id'));
});

test('odd headers are refused by name', async ({ app }) => {
  for (const [name, value] of [
    ['if-match', 'yesterday'],
    ['idempotency-key', 'with a space'],
  ] as const) {
    const answer = await callApi(app.url, 'GET', '/v1/tenants', { key: platformKey, headers: { [name]: value } });
    expect([answer.status, String(answer.body['field']).toLowerCase()]).toEqual([400, name]);
  }
});

test('a client that sends garbage instead of HTTP is shown the door, and the API goes on', async ({ app }) => {
  const { hostname, port } = new URL(app.url);
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write('GARBAGE\r\n\r\n'));
    let text = '';
    socket.on('data', (data) => (text += data.toString())).on('close', () => resolve(text));
  });
  expect(answer).toContain('400');
  expect((await callApi(app.url, 'GET', '/healthz')).status).toBe(200);
});

test('the API says whether it and its parts are up, and shows its figures', async ({ app }) => {
  expect((await callApi(app.url, 'GET', '/readyz')).body).toEqual({ database: 'ok', temporal: 'ok' });
  const metrics = await callApi(app.url, 'GET', '/metrics', { key: platformKey });
  expect(metrics.text).toMatch(/tillbridge_http_request_duration_seconds_count\{.*route="\/v1\/tenants\/:tenant".*\}/);
  expect(metrics.text).toMatch(/^tillbridge_events_undelivered \d+$/m);
  expect(metrics.text).toMatch(/^tillbridge_attention_open \d+$/m);
  expect(metrics.text).not.toContain('acme');
});
