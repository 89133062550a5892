import { writeFile } from 'node:fs/promises';
import proto from '@temporalio/proto';
import { vi } from 'vitest';
import { readEnvironment } from '../../runtime/config.ts';
import type { SaleRow } from '../../sandbox/r-series/resources/sale.ts';
import { orderRefundWorkflowId } from '../../workflows/messages/orders.ts';
import { upc } from '../inventory/upc.ts';
import type { Shop } from '../shop.ts';
import { createShop, webOrderExport } from '../shop.ts';
import { test as base, platformKey } from '../stack-test.ts';
import { bookSale } from './book-sale.ts';

type Json = Record<string, unknown>;

/** A shop that makes refund sales: `MUG` is mapped, with 50 in either of its two shops. Location `mill` has register 2. */
interface RefundingShop extends Shop {
  itemId: string;
  order(orderId: string): Promise<Json>;
  /** Tells of an order of so many mugs at 15.00, paid unless told otherwise. */
  place(orderId: string, order: { quantity: number; locationId?: string; paid?: boolean }): Promise<void>;
  refund(orderId: string, refund: { refundId?: string; amount: string; units?: number }): Promise<Json>;
  /** Rings mugs up by hand at the default register, on so many lines. @returns the ticket. */
  ringUp(...lines: { units: number }[]): Promise<string>;
  becomes(orderId: string, isSo: (order: Json) => boolean): Promise<Json>;
  refundBecomes(orderId: string, state: string): Promise<Json>;
  /** The refund sales of an order in the till's books, oldest first. */
  refundSales(orderId: string): Promise<Json[]>;
  stock(shopId: string): number;
}

const at = '2030-01-01T10:00:00Z';

/** One shop for the file: its tests, one after the other, have orders of their own. */
const test = base.extend<{ refunding: RefundingShop }>({
  refunding: [
    async ({ app, sandbox }, use) => {
      const shop = await createShop(app.url, sandbox, 'refunding', platformKey);
      const stock = ['1', '2'].map((shopId) => ({ shopId, qoh: 50 }));
      const mug = { description: 'Enamel mug', upc: upc(1), prices: { Default: '15' }, stock };
      const itemId = (await shop.till.call('POST', '/items', mug))['itemId'] as string;
      await shop.storefront.expect('PUT', '/catalog/items', { items: [{ sku: 'MUG', gtin1: upc(1) }] });
      await shop.setUp({ orderExport: { ...webOrderExport, refunds: true, registerByLocation: { mill: '2' } } });
      await until(async () => {
        const { mappings } = await shop.admin.expect('GET', '/mappings?state=mapped');
        return (mappings as unknown[]).length === 1;
      });
      const order = (orderId: string) => shop.admin.expect('GET', `/orders/${orderId}`);
      const becomes = async (orderId: string, isSo: (order: Json) => boolean) => {
        let last: Json = {};
        await until(async () => isSo((last = await order(orderId))));
        return last;
      };
      const { itemShops } = sandbox.world.accounts.get(Number(shop.accountId))!;
      await use({
        ...shop,
        itemId,
        order,
        becomes,
        async place(orderId, { quantity, locationId, paid = true }) {
          const total = (15 * quantity).toFixed(2);
          const lines = [{ lineId: 'a', sku: 'MUG', description: 'Enamel mug', quantity, unitPrice: '15.00' }];
          const snapshot = {
            placedAt: at,
            updatedAt: at,
            currency: 'USD',
            total,
            lines,
            ...(locationId && { locationId }),
          };
          await shop.storefront.expect('PUT', `/orders/${orderId}`, snapshot);
          const payment = { paymentId: 'p1', amount: total, method: 'card', capturedAt: at };
          if (paid) await shop.storefront.expect('POST', `/orders/${orderId}/paid`, payment);
        },
        refund(orderId, { refundId = 'r1', amount, units = 0 }) {
          const lines = units > 0 ? [{ lineId: 'a', quantity: units }] : [];
          return shop.storefront.expect('POST', `/orders/${orderId}/refunded`, { refundId, amount, at, lines });
        },
        ringUp(...lines) {
          const total = 15 * lines.reduce((sum, { units }) => sum + units, 0);
          const SaleLine = lines.map(({ units }) => ({
            itemID: itemId,
            unitPrice: '15',
            unitQuantity: units,
            tax: false,
          }));
          const SalePayment = { amount: total, paymentTypeID: 7 };
          const parts = { SaleLines: { SaleLine }, SalePayments: { SalePayment }, referenceNumberSource: 'by hand' };
          return bookSale(shop, sandbox.apiUrl, '', parts);
        },
        async refundSales(orderId) {
          const sales: Json[] = await shop.till.sales();
          return sales.filter((sale) => String(sale['referenceNumber']).startsWith(`${orderId}:`));
        },
        async refundBecomes(orderId, state) {
          const isSo = ({ refunds }: Json) => (refunds as Json[]).every((refund) => refund['state'] === state);
          return ((await becomes(orderId, isSo))['refunds'] as Json[])[0]!;
        },
        stock: (shopId) =>
          Number(itemShops.by('itemID', Number(itemId)).find(({ shopID }) => String(shopID) === shopId)?.qoh),
      });
    },
    { scope: 'file' },
  ],
});

/** Not `expect.poll`, which knows no tests that run beside each other. */
const until = (isSo: () => Promise<boolean>) =>
  vi.waitFor(
    async () => {
      if (!(await isSo())) throw new Error('still waiting');
    },
    { timeout: 40_000, interval: 50 },
  );

test("a refund takes its units back to the shop that sold them, by the register of the order's location (R32)", async ({
  refunding: shop,
  expect,
}) => {
  const before = { harbour: shop.stock('1'), mill: shop.stock('2') };
  await shop.place('1001', { quantity: 2, locationId: 'mill' });
  await shop.becomes('1001', ({ state }) => state === 'exported');
  expect(shop.stock('2')).toBe(before.mill - 2);
  await shop.till.fault({ method: 'POST', path: 'Sale', fault: { kind: 'status', status: 504 } });
  await shop.refund('1001', { amount: '15.00', units: 1 });
  await shop.refundBecomes('1001', 'exported');
  const { history } = await shop.order('1001');
  expect((history as Json[]).map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^Refund r1: The outcome is unknown: .*answered with 504.* 1\.5 s \(the settle window\)/),
  );
  const [sold] = (await shop.till.sales()).filter(({ referenceNumber }) => referenceNumber === '1001') as Json[];
  const { saleLineId } = (sold!['lines'] as Json[])[0]!;
  expect(await shop.refundSales('1001')).toMatchObject([
    { shopId: '2', registerId: '2', total: '-15', lines: [{ itemId: shop.itemId, parentSaleLineId: saleLineId }] },
  ]);
  expect([shop.stock('1'), shop.stock('2')]).toEqual([before.harbour, before.mill - 1]);
});

test('a refund of a sale that was rung up by hand is linked by its item; where that is in doubt, the history says so (R33, R36)', async ({
  refunding: shop,
  expect,
}) => {
  const linked = async (orderId: string, ...lines: { units: number }[]) => {
    await shop.place(orderId, { quantity: 2, locationId: 'mill', paid: false });
    const ticketNumber = await shop.ringUp(...lines);
    await shop.admin.expect('POST', `/orders/${orderId}/resolve`, { as: 'ticket', ticketNumber });
    const before = shop.stock('1');
    await shop.refund(orderId, { amount: '15.00', units: 1 });
    await shop.refundBecomes(orderId, 'exported');
    expect(shop.stock('1')).toBe(before + 1); // where the ticket was rung up, though the order's location is the mill
    const [{ lines: back }] = (await shop.refundSales(orderId)) as [{ lines: Json[] }];
    const { history } = await shop.order(orderId);
    const doubts = (history as Json[]).filter(({ code }) => code === 'refund-not-linked').map(({ message }) => message);
    return { isLinked: back.map((line) => line['parentSaleLineId'] !== '0'), doubts };
  };
  expect(await linked('2001', { units: 2 })).toEqual({ isLinked: [true], doubts: [] });
  expect(await linked('2002', { units: 1 }, { units: 1 })).toEqual({
    isLinked: [false],
    doubts: [expect.stringMatching(/^Refund r1: line a .* not linked .*: 2 lines of the sale sell its item$/)],
  });
});

test('units given back before the export are promised to nobody', async ({ refunding: shop }) => {
  const available = async () => {
    const { items } = await shop.storefront.expect('GET', '/availability?sku=MUG');
    return (items as { quantity: number }[])[0]!.quantity;
  };
  await shop.admin.expect('POST', '/sync/run');
  await until(async () => (await available()) === shop.stock('1') + shop.stock('2'));
  const before = await available();
  await shop.place('3001', { quantity: 3, paid: false });
  await until(async () => (await available()) === before - 3);
  await shop.refund('3001', { amount: '30.00', units: 2 });
  await until(async () => (await available()) === before - 1);
  await shop.storefront.expect('POST', '/orders/3001/cancelled', { at });
  await until(async () => (await available()) === before);
});

test('a refund of an order that gets no sale ends, and says so; an order that is exported after all has it taken off (R25, R33)', async ({
  refunding: shop,
  expect,
}) => {
  for (const orderId of ['4001', '4002', '4003']) {
    await shop.place(orderId, { quantity: 2, paid: false });
    if (orderId === '4003') await shop.storefront.expect('POST', '/orders/4003/cancelled', { at });
    await shop.refund(orderId, { amount: '15.00', units: 1 });
  }
  await shop.storefront.expect('POST', '/orders/4001/cancelled', { at });
  await shop.admin.expect('POST', '/orders/4002/resolve', { as: 'never' });
  const ends = async (orderId: string) => (await shop.refundBecomes(orderId, 'not-exported'))['message'];
  const cancelled =
    'Not exported: the order was cancelled before it was exported, so that there is no sale to take it from';
  expect([await ends('4001'), await ends('4003')]).toEqual([cancelled, cancelled]);
  expect(await ends('4002')).toBe('Not exported: the order is not exported, so that there is no sale to take it from');

  await shop.admin.expect('POST', '/orders/4002/retry');
  expect(await shop.refundBecomes('4002', 'waiting')).toMatchObject({ messageCode: 'waiting-for-sale' });
  const payment = { paymentId: 'p1', amount: '15.00', method: 'card', capturedAt: at };
  await shop.storefront.expect('POST', '/orders/4002/paid', payment);
  const exported = await shop.becomes('4002', ({ state }) => state === 'exported');
  expect(exported).toMatchObject({ saleTotal: '15', refunds: [{ state: 'not-exported', messageCode: 'in-sale' }] });
  expect(await shop.refundSales('4002')).toEqual([]);
});

test('the audit compares refund sales with the refunds, both ways, and a second one is parked (R24, R36)', async ({
  refunding: shop,
  sandbox,
  expect,
}) => {
  const { sales } = sandbox.world.accounts.get(Number(shop.accountId))!;
  const falsify = (reference: string, changes: Partial<SaleRow> | null) =>
    sandbox.world.changes.run(() => {
      const sale = sales.by('referenceNumber', reference)[0]!;
      if (changes) sales.update(sale, { ...changes, timeStamp: sandbox.world.clock.now() });
      else sales.remove(sale);
    });
  const giveBack = (referenceNumber: string) =>
    bookSale(shop, sandbox.apiUrl, '', {
      referenceNumber,
      referenceNumberSource: `tillbridge-refund:${shop.tenant}`,
      SaleLines: { SaleLine: { itemID: shop.itemId, unitPrice: '15', unitQuantity: -1, tax: false } },
      SalePayments: { SalePayment: { amount: '-15', paymentTypeID: 7 } },
    });
  const audit = async () => {
    const { auditId } = await shop.admin.expect('POST', '/order-audits');
    await until(async () => {
      const { audits } = await shop.admin.expect('GET', '/order-audits');
      return (audits as Json[]).some((one) => one['auditId'] === auditId && one['state'] === 'succeeded');
    });
    const { attention } = await shop.admin.expect('GET', '/attention');
    return (attention as Record<string, string>[])
      .map(({ subject, code, message }) => `${subject} ${code}: ${message}`)
      .toSorted();
  };
  const ids = ['5001', '5002', '5003', '5004'];
  for (const orderId of ids) await shop.place(orderId, { quantity: 2 });
  for (const orderId of ids) await shop.becomes(orderId, ({ state }) => state === 'exported');
  for (const orderId of ids) await shop.refund(orderId, { amount: '15.00', units: 1 });
  const own = await Promise.all(
    ids.map(async (id) => String((await shop.refundBecomes(id, 'exported'))['ticketNumber'])),
  );
  expect(await audit()).toEqual([]);

  const twin = await giveBack('5001:r1');
  const ghost = await giveBack('5002:r9');
  falsify('5002:r1', { voided: true });
  falsify('5003:r1', null);
  falsify('5004:r1', { calcTotal: '-14' });
  const found = [
    `5001 refund-second-sale-r1: The till has refund r1 twice: beside its sale, ticket ${own[0]}, also ticket ${twin} (-15.00 USD)`,
    `5002 refund-sale-missing-r1: Ticket ${own[1]}, the sale of refund r1, was voided in the till`,
    `5002 refund-sale-not-exported-r9: The till has ticket ${ghost} (-15.00 USD) of refund r9, which the storefront has not told of`,
    `5003 refund-sale-missing-r1: Ticket ${own[2]}, the sale of refund r1, is no longer in the till`,
    `5004 refund-sale-changed-r1: Ticket ${own[3]} of refund r1 comes to -14.00 USD now; -15.00 USD were given back`,
  ];
  expect(await audit()).toEqual(found);
  expect(await audit()).toEqual(found); // told once, and still open
  for (const orderId of ['5001', '5003'])
    await shop.admin.expect('POST', `/orders/${orderId}/resolve`, { as: 'accepted' });
  falsify('5002:r1', { voided: false });
  falsify('5002:r9', { voided: true });
  falsify('5004:r1', { calcTotal: '-15' });
  expect(await audit()).toEqual([]);
});

/**
 * `RECORD_HISTORIES=1 npx vitest run tests/orders/refunds-in-the-till.test.ts` writes the history anew: a refund whose
 * first POST was lost, and whose second was answered too late and is found by a look-up.
 */
test.runIf(readEnvironment()['RECORD_HISTORIES'])('a refund is recorded', async ({ refunding: shop, temporal }) => {
  await shop.place('9001', { quantity: 2 });
  await shop.becomes('9001', ({ state }) => state === 'exported');
  await shop.till.fault({ method: 'POST', path: 'Sale', fault: { kind: 'reset', when: 'before-commit' } });
  await shop.till.fault({ method: 'POST', path: 'Sale', nth: 2, fault: { kind: 'latency', ms: 2_500 } });
  await shop.refund('9001', { amount: '15.00', units: 1 });
  await shop.refundBecomes('9001', 'exported');
  const handle = temporal.workflow.getHandle(orderRefundWorkflowId(shop.tenant, '9001', 'r1'));
  await handle.result();
  const history = proto.temporal.api.history.v1.History.encode(await handle.fetchHistory()).finish();
  await writeFile(new URL('../histories/order-refund.pb', import.meta.url), history);
});
