import { vi } from 'vitest';
import type { Shop } from '../shop.ts';
import { webOrderExport } from '../shop.ts';
import { test } from '../stack-test.ts';

type Json = Record<string, unknown>;

const at = '2030-01-01T10:00:00Z';

async function place(shop: Shop, orderId: string, order: { total: string; taxTotal?: string; paid?: boolean }) {
  const { total, taxTotal = '0.00', paid = true } = order;
  const unitPrice = (Number(total) - Number(taxTotal)).toFixed(2);
  const lines = [{ lineId: '1', sku: 'ANY', description: 'A thing', quantity: 1, unitPrice }];
  const snapshot = { placedAt: at, updatedAt: at, currency: 'USD', total, taxTotal, lines };
  await shop.storefront.expect('PUT', `/orders/${orderId}`, snapshot);
  const payment = { paymentId: 'p1', amount: total, method: 'card', capturedAt: at };
  if (paid) await shop.storefront.expect('POST', `/orders/${orderId}/paid`, payment);
}

async function becomes(shop: Shop, orderId: string, isSo: (order: Json) => boolean): Promise<Json> {
  return vi.waitFor(
    async () => {
      const order = await shop.admin.expect('GET', `/orders/${orderId}`);
      if (!isSo(order)) throw new Error(`${orderId} is ${String(order['state'])}: ${String(order['message'])}`);
      return order;
    },
    { timeout: 40_000, interval: 50 },
  );
}

test.concurrent('whatever becomes of its POST, a web tax category is made once, and the orders that need it wait for it', {
  timeout: 90_000,
}, async ({ shop, sandbox, expect }) => {
  await shop.setUp({ pricing: { enabled: false }, orderExport: { ...webOrderExport, taxPolicy: 'create' } });
  const { taxCategories } = sandbox.world.accounts.get(Number(shop.accountId))!;
  const made = (name: string) => [...taxCategories.all()].filter(({ tax1Name }) => tax1Name === name).length;
  const faults = [
    { kind: 'status', status: 504, when: 'after-commit' },
    { kind: 'late-commit', status: 504, commitAfterMs: 1_000 },
    { kind: 'reset', when: 'before-commit' },
    { kind: 'status', status: 503, when: 'before-commit' },
  ];
  for (const [number, fault] of faults.entries()) {
    const percent = number + 2;
    await shop.till.fault({ method: 'POST', path: 'TaxCategory', fault });
    const ids = ['a', 'b'].map((suffix) => `${percent}${suffix}`);
    for (const id of ids) await place(shop, id, { total: `${100 + percent}.00`, taxTotal: `${percent}.00` });
    const orders = await Promise.all(ids.map((id) => becomes(shop, id, ({ state }) => state === 'exported')));
    expect({ fault, made: made(`Web ${percent}%`) }).toEqual({ fault, made: 1 });
    expect(orders.map(({ saleTotal }) => Number(saleTotal))).toEqual([100 + percent, 100 + percent]);
  }
  const sales = (await shop.till.sales()) as Json[];
  expect(sales.map(({ tax }) => Number(tax)).toSorted((a, b) => a - b)).toEqual([2, 2, 3, 3, 4, 4, 5, 5]);
});

test.concurrent('an unpaid order has its planned sale as soon as it is asked for; where it has none, it says why', async ({
  shop,
  expect,
}) => {
  const asked = async (orderId: string) => {
    const { plannedSale, noPlannedSale } = await shop.admin.expect('GET', `/orders/${orderId}`);
    return { plannedSale, noPlannedSale };
  };
  await shop.setUp({ pricing: { enabled: false }, complete: false });
  await place(shop, 'c1', { total: '12.00', paid: false });
  expect(await asked('c1')).toMatchObject({ plannedSale: null, noPlannedSale: { code: 'waiting-for-setup' } });
  await shop.admin.expect('POST', '/setup/complete');
  await shop.till.fault({ method: 'GET', path: 'TaxCategory', fault: { kind: 'status', status: 503 } });
  expect(await asked('c1')).toEqual({
    plannedSale: null,
    noPlannedSale: {
      code: 'lists-unread',
      message: "The account's lists have not been read yet: The till does not answer as it should",
    },
  });
  const together = await Promise.all([asked('c1'), asked('c1')]); // one of them waits for the other
  const planned = {
    plannedSale: { totals: { total: '12.00' }, payments: [{ paymentId: 'due' }] },
    noPlannedSale: null,
  };
  expect(together).toMatchObject([planned, planned]);
  await shop.storefront.expect('POST', '/orders/c2/paid', {
    paymentId: 'p1',
    amount: '1.00',
    method: 'card',
    capturedAt: at,
  });
  expect(await asked('c2')).toMatchObject({ noPlannedSale: { code: 'waiting-for-snapshot' } });
  await shop.storefront.expect('POST', '/orders/c1/cancelled', { at });
  expect(await asked('c1')).toMatchObject({ plannedSale: null, noPlannedSale: { code: 'cancelled' } });
});
