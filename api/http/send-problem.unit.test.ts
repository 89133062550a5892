import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, test } from 'vitest';
import { Problem } from '../../domain/problem.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import { createLogger } from '../../runtime/logger.ts';
import { sendProblems } from './send-problem.ts';

async function answerTo(error: unknown) {
  const app = express();
  app.get('/', () => {
    throw error;
  });
  app.use(sendProblems(createLogger('test', 'silent')));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const text = await answer.text();
  server.close();
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text, body: JSON.parse(text) };
}

test('a refusal says what is wrong, where, and what to do', async () => {
  const { status, body } = await answerTo(
    new Problem('unknown-shop', 'No shop 9', { field: 'stores[0]', remedy: 'Look' }),
  );
  expect(status).toBe(422);
  expect(body).toMatchObject({
    code: 'unknown-shop',
    detail: 'No shop 9',
    field: 'stores[0]',
    remedy: 'Look',
    status: 422,
  });
});

test('what nobody foresaw tells the caller nothing', async () => {
  const { status, text } = await answerTo(new Error('select * from keys where hash = secret'));
  expect(status).toBe(500);
  expect(text).not.toMatch(/secret|select|\.ts/);
});

test('a database or a till that is away is said to be, with when to come back', async () => {
  const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  expect(await answerTo(new Error('Failed query', { cause: away }))).toMatchObject({ status: 503, retryAfter: '5' });
  const till = await answerTo(new LightspeedError('unavailable', 'down', { vendorMessage: 'Jane Doe' }));
  expect(till).toMatchObject({ status: 503, body: { code: 'lightspeed-down' } });
  expect(till.text).not.toContain('Jane');
});

test('a connection that is lost or was never made is told apart from an outage', async () => {
  expect((await answerTo(new LightspeedError('connection-lost', 'x'))).body).toMatchObject({ code: 'connection-lost' });
  expect((await answerTo(new LightspeedError('not-connected', 'x'))).body).toMatchObject({ code: 'not-connected' });
});
