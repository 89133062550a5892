import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { vi } from 'vitest';
import type { ExportState } from '../../domain/orders/export-moves.ts';
import { exportMoves, exportStates } from '../../domain/orders/export-moves.ts';
import type { Shop } from '../shop.ts';
import { test as base } from '../stack-test.ts';
import { bookSale } from './book-sale.ts';

/** Every state that an order's row takes, however short: the database notes them. */
const test = base.extend<{ noted: (tenant: string) => Promise<ExportState[]> }>({
  noted: [
    async ({ db }, use) => {
      await db.execute(sql`
        create table noted_states (number serial, tenant text, state text);
        create function note_state() returns trigger language plpgsql as $$ begin
          insert into noted_states (tenant, state) values (new.tenant, new.state); return null; end $$;
        create trigger note_state after insert or update on order_exports for each row execute function note_state()`);
      await use(async (tenant) => {
        const rows = await db.execute<{ state: ExportState }>(
          sql`select state from noted_states where tenant = ${tenant} order by number`,
        );
        return rows.map(({ state }) => state).filter((state, place, all) => state !== all[place - 1]);
      });
    },
    { scope: 'file' },
  ],
});

const at = '2030-01-01T10:00:00Z';

test.concurrent('the ledger in the docs is the ledger in the code', async ({ expect }) => {
  const page = await readFile(new URL('../../docs/order-export.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|.*\| ([^|]+) \|$/gm)];
  const told = rows.map(([, state, moves]) => [state, [...moves!.matchAll(/`([a-z-]+)`/g)].map(([, to]) => to)]);
  expect(told).toEqual(Object.entries(exportMoves));
});

/** A way through the ledger: what is done, and the states that it leads through. */
const ways: [
  states: ExportState[],
  go: (shop: Shop, pay: () => Promise<unknown>, apiUrl: string) => Promise<unknown>,
][] = [
  [
    ['waiting', 'claimed', 'in-doubt', 'waiting', 'claimed', 'exported', 'resolved'],
    async (shop, pay, apiUrl) => {
      await shop.till.fault({ method: 'POST', path: 'Sale', fault: { kind: 'latency', ms: 500 } });
      await shop.till.fault({ method: 'POST', path: 'Sale', fault: { kind: 'reset' } });
      await pay();
      await reaches(shop, 'exported');
      return settle(shop, { as: 'ticket', ticketNumber: await bookSale(shop, apiUrl, 'other') });
    },
  ],
  [
    ['waiting', 'attention', 'waiting', 'claimed', 'exported'],
    async (shop, pay) => {
      const lockOut = (locked: boolean) => shop.till.call('PATCH', '/employees/3', { lockOut: locked });
      await shop.till.fault({ method: 'POST', path: 'Sale', fault: { kind: 'latency', ms: 300 }, nth: 1, count: 2 });
      await lockOut(true);
      await pay();
      await reaches(shop, 'attention');
      await lockOut(false);
      await shop.admin.expect('POST', '/orders/1001/retry');
      return reaches(shop, 'exported');
    },
  ],
  [
    ['waiting', 'cancelled', 'resolved'],
    async (shop, _, apiUrl) => {
      await shop.storefront.expect('POST', '/orders/1001/cancelled', { at });
      return settle(shop, { as: 'ticket', ticketNumber: await bookSale(shop, apiUrl, 'other') });
    },
  ],
  [
    ['waiting', 'not-exported', 'waiting', 'claimed', 'exported'],
    async (shop, pay) => {
      await shop.till.fault({ method: 'POST', path: 'Sale', fault: { kind: 'latency', ms: 300 } });
      await settle(shop, { as: 'never' });
      await pay();
      await shop.admin.expect('POST', '/orders/1001/retry');
      return reaches(shop, 'exported');
    },
  ],
];

test.concurrent.for(ways)(
  'an order goes %s, and the till has one sale of it at most (R24, R33, R36)',
  { timeout: 60_000 },
  async ([states, go], { shop, noted, sandbox, expect }) => {
    await shop.setUp({ pricing: { enabled: false } });
    const lines = [{ lineId: '1', sku: 'ANY', quantity: 1, unitPrice: '12.00' }];
    const snapshot = { placedAt: at, updatedAt: at, currency: 'USD', total: '12.00', lines };
    await shop.storefront.expect('PUT', '/orders/1001', snapshot);
    const paid = { paymentId: 'p1', amount: '12.00', method: 'card', capturedAt: at };
    await go(shop, () => shop.storefront.expect('POST', '/orders/1001/paid', paid), sandbox.apiUrl);
    expect(await noted(shop.tenant)).toEqual(states);
    const ours = (await shop.till.sales()).filter(({ referenceNumber }) => referenceNumber === '1001');
    expect(ours.length).toBeLessThanOrEqual(1);
  },
);

test.concurrent('together they enter every state, and the audit leads from resolved back to exported', async ({
  expect,
}) => {
  expect(new Set(ways.flatMap(([states]) => states))).toEqual(new Set(exportStates));
  expect(exportMoves.resolved).toEqual(['exported']); // see audit.test.ts
});

const settle = (shop: Shop, body: Record<string, unknown>) => shop.admin.expect('POST', '/orders/1001/resolve', body);

const reaches = (shop: Shop, state: ExportState) =>
  vi.waitFor(
    async () => {
      const order = await shop.admin.expect('GET', '/orders/1001');
      if (order['state'] !== state) throw new Error(`${String(order['state'])}: ${String(order['message'])}`);
    },
    { timeout: 40_000, interval: 50 },
  );
