import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { callApi } from '../api/call-api.ts';
import { test as base } from './notify-test.ts';

// No sweep: what the drain leaves behind must show.
const test = base.extend({ overrides: [{ SWEEP_INTERVAL_MS: '3600000' }, { scope: 'file' }] });
const within = { timeout: 40_000 };

const numbersOf = (events: { number: number; subject: string }[], subject: string) =>
  events.filter((event) => event.subject === subject).map(({ number }) => number);

test('events reach the storefront signed, once, and in order within their subject', async ({ outbox, receiver }) => {
  for (let round = 0; round < 10; round++) {
    await Promise.all([outbox.tell('order:1'), outbox.tell('order:2'), outbox.tell('listings')]);
  }
  await expect.poll(() => receiver.taken.length, within).toBe(30);
  expect(receiver.forged).toBe(0);
  for (const subject of ['order:1', 'order:2', 'listings']) {
    const numbers = numbersOf(receiver.taken, subject);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(10);
  }
  expect(receiver.taken[0]).toMatchObject({ tenant: outbox.tenant, type: 'listings.changed', id: expect.any(String) });
});

test('an event that is not taken holds up its own subject only, and is tried again', async ({ outbox, receiver }) => {
  let isBroken = true;
  receiver.answer(({ subject }) => (isBroken && subject === 'order:1' ? 500 : 200));
  for (let round = 0; round < 5; round++) {
    await outbox.tell('order:1');
    await outbox.tell('order:2');
  }
  await expect.poll(() => numbersOf(receiver.taken, 'order:2').length, within).toBe(5);
  expect(numbersOf(receiver.taken, 'order:1')).toEqual([]);
  // Only the oldest is tried while it fails: the others must not overtake it.
  expect(new Set(receiver.refused.map(({ number }) => number)).size).toBe(1);
  isBroken = false;
  await expect.poll(() => numbersOf(receiver.taken, 'order:1').length, within).toBe(5);
  const numbers = numbersOf(receiver.taken, 'order:1');
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
});

test('an event committed while others are being sent is never left behind', async ({ outbox, receiver }) => {
  const rounds = 60;
  for (let round = 1; round <= rounds; round++) {
    await outbox.tell(`order:${round}`);
    // Around the moment at which the drain finds nothing more and ends.
    await pause(round % 40);
    await outbox.tell(`order:${round}`);
    await expect.poll(() => receiver.taken.length, { ...within, interval: 10 }).toBe(2 * round);
  }
});

test('an answer that leads elsewhere is not followed', async ({ app, outbox, receiver }) => {
  receiver.answer(() => 302);
  await outbox.tell('order:1');
  await expect.poll(() => receiver.refused.length, within).toBeGreaterThan(0);
  expect(receiver.taken).toEqual([]);
  const read = () => callApi(app.url, 'GET', `/v1/tenants/${outbox.tenant}/events`, { key: outbox.storefrontKey });
  await expect
    .poll(async () => (await read()).body['events'], within)
    .toMatchObject([{ deliveredAt: null, lastError: 'the receiver answered 302' }]);
});

test('a storefront that has been away for a day is told to its people, until it is back (R36)', async ({
  app,
  db,
  outbox,
  receiver,
}) => {
  let isAway = true;
  receiver.answer(() => (isAway ? 503 : 200));
  await outbox.tell('order:1');
  await expect.poll(() => receiver.refused.length, within).toBeGreaterThan(0);
  await db.execute(
    `update outbox set first_attempt_at = now() - interval '25 hours', next_attempt_at = now() where tenant = '${outbox.tenant}'`,
  );
  await outbox.tell('order:2');
  const path = `/v1/tenants/${outbox.tenant}`;
  const attention = async () =>
    (await callApi(app.url, 'GET', `${path}/attention`, { key: outbox.storefrontKey })).body['attention'];
  await expect
    .poll(attention, within)
    .toMatchObject([{ kind: 'event', code: 'webhook-failing', remedy: expect.stringContaining('2xx') }]);
  isAway = false;
  // Setting it again, as a person would after mending it, tries everything at once.
  await callApi(app.url, 'PUT', `${path}/webhook`, { key: outbox.storefrontKey, body: { url: receiver.url } });
  await expect.poll(attention, within).toEqual([]);
  await expect.poll(() => numbersOf(receiver.taken, 'order:1').length, within).toBe(1);
});
