import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Endpoint, HandlerOutput } from './endpoint.ts';
import { sendOutput } from './send-output.ts';

async function answerOf(
  success: Endpoint['success'],
  output: HandlerOutput<unknown>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const app = express();
  app.get('/', (_req, res) => sendOutput(res, { success } as Endpoint, output));
  // oxlint-disable-next-line max-params -- Express knows error handlers by their four parameters
  app.use((_error: unknown, _req: unknown, res: express.Response, _next: unknown) => {
    if (res.headersSent) res.destroy();
    else res.status(500).end();
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers });
  server.close();
  return answer;
}

test('what the contract does not name does not leave', async () => {
  const answer = await answerOf(
    { status: 200, body: z.object({ id: z.string() }) },
    { body: { id: '1', hash: 'secret' } },
  );
  expect(await answer.json()).toEqual({ id: '1' });
});

test('an answer that breaks the contract is ours to mend, and not sent', async () => {
  expect((await answerOf({ status: 200, body: z.object({ id: z.string() }) }, { body: {} })).status).toBe(500);
});

test('JSON is packed for those who take it, and not sent again to those who have it', async () => {
  const json = JSON.stringify({ text: 'long '.repeat(1_000) });
  const send = (headers: Record<string, string>) =>
    answerOf({ status: 200, body: z.object({}) }, { json, headers: { etag: 'W/"7"' } }, headers);
  const packed = await send({ 'accept-encoding': 'gzip' });
  expect([packed.headers.get('content-encoding'), await packed.text()]).toEqual(['gzip', json]);
  const plain = await send({ 'accept-encoding': 'identity' });
  expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, json]);
  expect((await send({ 'if-none-match': '"6", W/"7"', 'cache-control': 'no-cache' })).status).toBe(304);
  expect((await send({ 'if-none-match': '"6"' })).status).toBe(200);
});

test('a page and a redirect are sent as they are', async () => {
  const html = { 'content-type': 'text/html; charset=utf-8' };
  const page = await answerOf({ status: 200, body: z.object({}) }, { body: '<p>Done</p>', headers: html });
  expect([page.headers.get('content-type'), await page.text()]).toEqual([html['content-type'], '<p>Done</p>']);
  expect((await answerOf({ status: 204 }, {})).status).toBe(204);
});

test('a report arrives whole, or visibly broken', async () => {
  const csv = { status: 200, contentType: 'text/csv' };
  async function* rows(isBroken: boolean) {
    yield 'sku\n';
    if (isBroken) throw new Error('the database is gone');
    yield 'A-1\n';
  }
  expect(await (await answerOf(csv, { stream: rows(false) })).text()).toBe('sku\nA-1\n');
  await expect(answerOf(csv, { stream: rows(true) }).then((answer) => answer.text())).rejects.toThrow();
});
