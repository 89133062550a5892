import { expect } from 'vitest';
import { test } from './notify-test.ts';

test('an event whose signal was lost in a crash is sent all the same', async ({ outbox, receiver }) => {
  await outbox.untilIdle();
  await outbox.tell('order:1', { isSignalLost: true });
  await expect.poll(() => receiver.taken.length, { timeout: 40_000 }).toBe(1);
});

test('an event whose wake-up is gone as well is sent all the same', async ({ db, outbox, receiver }) => {
  await outbox.untilIdle();
  await outbox.tell('order:1', { isSignalLost: true });
  await db.execute(`delete from wake_ups where tenant = '${outbox.tenant}'`);
  await expect.poll(() => receiver.taken.length, { timeout: 40_000 }).toBe(1);
});
