import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { setups } from '../../db/schema/setup.ts';
import { defaultSettings } from '../../domain/setup/default-settings.ts';
import { fullPullWorkflowId, inventorySyncScheduleId } from '../../workflows/messages/inventory.ts';
import { eventually } from './eventually.ts';
import { test } from './inventory-test.ts';
import { upc } from './upc.ts';

test('completing the setup reads the whole till and lists what is mapped (R5, R9, R34)', async ({ stockroom }) => {
  await stockroom.setUp({ complete: false });
  expect(await stockroom.runs()).toEqual([]);
  expect((await stockroom.admin.call('POST', '/sync/run')).body).toMatchObject({ code: 'setup-incomplete' });
  expect(await stockroom.asked('Item')).toBe(0);
  await stockroom.admin.expect('POST', '/setup/complete');
  expect(await stockroom.nextRun('full', [])).toMatchObject({
    trigger: 'setup',
    state: 'succeeded',
    itemsSeen: expect.any(Number),
    listingsChanged: 3,
    mapped: 3,
    shown: 3,
    hidden: 0,
    errorCode: null,
  });
  expect(await stockroom.listings()).toMatchObject(
    ['SKU-1', 'SKU-2', 'SKU-3'].map((sku) => ({
      sku,
      displayed: true,
      reason: 'on-hand',
      quantity: 5,
      quantityByLocation: { harbour: 5, mill: 0 },
      price: '10.00',
      salePrice: null,
    })),
  );
});

test('what changes in the till shows after the next run (R9, R34)', async ({ stockroom, temporal }) => {
  await stockroom.open();
  const { till, storefront, itemIds } = stockroom;
  await till.setStock({ itemId: itemIds[0]!, shopId: '1', qoh: 2 });
  await till.setStock({ itemId: itemIds[0]!, shopId: '2', qoh: 1 });
  await till.call('PATCH', `/items/${itemIds[1]}`, { prices: { Default: '12.5' } });
  await till.call('PATCH', `/items/${itemIds[2]}`, { archived: true });
  await storefront.expect('PUT', '/catalog/items', { items: [{ sku: 'BELL', gtin1: upc(99) }] });
  const bell = { description: 'Bell', upc: upc(99), prices: { Default: '7' }, stock: [{ shopId: '2', qoh: 4 }] };
  await till.call('POST', '/items', bell);
  const run = await stockroom.poll();
  expect(run).toMatchObject({ mode: 'poll', trigger: 'person', state: 'succeeded' });
  expect(run).toMatchObject({ listingsChanged: 4, mapped: 1, shown: 1, hidden: 1 });
  expect(await stockroom.listings()).toMatchObject([
    { sku: 'BELL', displayed: true, quantity: 4, quantityByLocation: { harbour: 0, mill: 4 }, price: '7.00' },
    { sku: 'SKU-1', displayed: true, quantity: 3, quantityByLocation: { harbour: 2, mill: 1 } },
    { sku: 'SKU-2', displayed: true, price: '12.50' },
    { sku: 'SKU-3', displayed: false, reason: 'archived', quantity: 0 },
  ]);
  expect(await longestHistory(temporal, inventorySyncScheduleId(stockroom.tenant))).toBeLessThanOrEqual(40);
  expect(await longestHistory(temporal, fullPullWorkflowId(stockroom.tenant))).toBeLessThanOrEqual(40);

  await till.call('PATCH', `/items/${itemIds[2]}`, { archived: false });
  await till.setStock({ itemId: itemIds[2]!, shopId: '1', qoh: 5 }); // to archive an item sets its stock to nought
  await stockroom.poll();
  expect(await stockroom.listing('SKU-3')).toMatchObject({ displayed: true, reason: 'on-hand', quantity: 5 });
  const newest = Math.max(...(await stockroom.listings()).map(({ version }) => version));
  expect(await stockroom.poll()).toMatchObject({ state: 'succeeded', listingsChanged: 0 });
  expect(Math.max(...(await stockroom.listings()).map(({ version }) => version))).toBe(newest);
});

test('an item deleted in the till, which no poll can see, is retired by the next full pull', async ({ stockroom }) => {
  await stockroom.open();
  await stockroom.till.call('DELETE', `/items/${stockroom.itemIds[0]}`);
  await stockroom.poll();
  expect(await stockroom.listing('SKU-1')).toMatchObject({ displayed: true });
  expect(await stockroom.pullAll()).toMatchObject({ state: 'succeeded', listingsChanged: 1 });
  expect(await stockroom.listing('SKU-1')).toMatchObject({ displayed: false, reason: 'archived' });
});

test('outside the day window a scheduled run asks nothing of the till (R9)', async ({ stockroom, db, schedules }) => {
  await stockroom.open();
  await stockroom.poll();
  await db
    .update(setups)
    .set({ sync: { ...defaultSettings.sync, ...windowWithoutNow() } })
    .where(eq(setups.tenant, stockroom.tenant));
  await stockroom.till.setStock({ itemId: stockroom.itemIds[0]!, shopId: '1', qoh: 1 });
  const before = await stockroom.runs();
  const calls = await stockroom.asked('ItemShop');
  await schedules.runSync(stockroom.tenant);
  expect(await stockroom.nextRun('local', before)).toMatchObject({ trigger: 'schedule', state: 'succeeded', pages: 0 });
  expect(await stockroom.asked('ItemShop')).toBe(calls);
  expect(await stockroom.listing('SKU-1')).toMatchObject({ quantity: 5 });
});

test('a connection replaced in mid-pull ends the pull, and nothing late of it is written (R4)', async ({
  stockroom,
}) => {
  await stockroom.open();
  const before = await stockroom.runs();
  await stockroom.till.setStock({ itemId: stockroom.itemIds[0]!, shopId: '1', qoh: 1 });
  await stockroom.breakTill({ path: 'ItemShop', fault: { kind: 'latency', ms: 1_500 } });
  const { runId } = await stockroom.admin.expect('POST', '/sync/run');
  await eventually(async () => ((await stockroom.asked('Item')) > 0 ? true : null));
  expect((await stockroom.connect('1')).status).toBe(200);
  const run = await eventually(async () => {
    const found = (await stockroom.runs()).find(({ id }) => id === runId);
    return found && found.state !== 'running' ? found : null;
  });
  expect(run).toMatchObject({ state: 'failed', errorCode: expect.stringMatching(/run-over|not-connected/) });
  expect(before.map(({ id }) => id)).not.toContain(run.id);
  await stockroom.poll();
  expect(await stockroom.listing('SKU-1')).toMatchObject({ quantity: 1 });
});

/** Hours of New York, where the shops of tests are, that leave out now. */
function windowWithoutNow(): { dayStart: string; dayEnd: string } {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', hour: '2-digit', hourCycle: 'h23' });
  const hour = Number(clock.format(new Date()));
  const at = (later: number) => `${String((hour + later) % 24).padStart(2, '0')}:00`;
  return { dayStart: at(6), dayEnd: at(8) };
}

async function longestHistory(temporal: Parameters<typeof historyLengths>[0], prefix: string): Promise<number> {
  return Math.max(...(await historyLengths(temporal, prefix)));
}

async function historyLengths(
  temporal: { workflow: { list(options: { query: string }): AsyncIterable<{ historyLength: number }> } },
  prefix: string,
): Promise<number[]> {
  return eventually(async () => {
    const lengths: number[] = [];
    for await (const { historyLength } of temporal.workflow.list({
      query: `WorkflowId STARTS_WITH "${prefix}" AND ExecutionStatus = "Completed"`,
    })) {
      lengths.push(historyLength);
    }
    return lengths.length > 0 ? lengths : null;
  });
}
