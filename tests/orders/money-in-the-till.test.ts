import { expect, vi } from 'vitest';
import type { ActiveOrderExportSettings } from '../../domain/setup/settings.ts';
import { test } from './export-rig.ts';
import type { SandboxShop } from './sandbox-shop.ts';
import { mapItem, openSandboxShop } from './sandbox-shop.ts';

/** Mapped to an item of the general tax class: 8 % in the shop's county, 6.25 % in the next state. */
const mug = { lineId: 'a', sku: 'MUG', description: 'Enamel mug', quantity: 1, unitPrice: '15.00' };
const order = {
  placedAt: '2026-11-24T10:00:00Z',
  updatedAt: '2026-11-24T10:00:00Z',
  currency: 'USD',
  total: '15.00',
  lines: [mug],
};
const address = { address1: '2 Mole', city: 'Troy', state: 'NY', zip: '12180', country: 'US' };
const buyer = { email: 'Ada@Example.com', customer: { firstName: 'Ada', lastName: 'Moss' }, billingAddress: address };

const booksOf = ({ sandbox }: SandboxShop) => [...sandbox.world.accounts.values()][0]!;

/** An item of the class that bears 4 % in the shop's county. */
function clothing(shop: SandboxShop): number {
  const items = [...booksOf(shop).items.all()];
  return items.find(({ taxClassID, archived, tax }) => taxClassID === 2 && !archived && tax)!.itemID;
}

/** The till's own sale of an order, if it is completed. */
function saleOf(shop: SandboxShop, orderId: string) {
  const books = booksOf(shop);
  const sale = books.sales.by('referenceNumber', orderId).find(({ completed }) => completed);
  if (!sale) return null;
  const lines = books.saleLines.by('saleID', sale.saleID).map((line) => ({
    ...line,
    note: books.notes.get(line.noteID)?.note ?? '',
  }));
  const payments = books.salePayments.by('saleID', sale.saleID);
  return { ...sale, lines, payments };
}

type Payment = { paymentId: string; amount: string; method: string; reference?: string; capturedAt?: string };

/** Sends and pays an order. @returns what becomes of it: its sale, or the words that it waits with. */
async function sell(
  shop: SandboxShop,
  orderId: string,
  changes: Record<string, unknown> & { total?: string },
  payments: Payment[] = [{ paymentId: `pay-${orderId}`, amount: changes.total ?? '15.00', method: 'card' }],
) {
  await shop.as('storefront', 'PUT', `/orders/${orderId}`, { ...order, ...changes });
  for (const payment of payments) {
    const body = { capturedAt: '2026-11-24T10:01:00Z', ...payment };
    await shop.as('storefront', 'POST', `/orders/${orderId}/paid`, body);
  }
  const detail = async () => (await shop.as('admin', 'GET', `/orders/${orderId}`)).body;
  // Not `expect.poll`, which knows no work beside its own.
  await vi.waitFor(
    async () => {
      const { state } = await detail();
      if (state !== 'exported' && state !== 'attention') throw new Error(`order ${orderId} is ${String(state)}`);
    },
    { timeout: 40_000, interval: 50 },
  );
  const { message } = await detail();
  return { sale: saleOf(shop, orderId), message };
}

async function withShop(
  rig: Parameters<typeof openSandboxShop>[0],
  settings: Partial<ActiveOrderExportSettings>,
  work: (shop: SandboxShop) => Promise<void>,
): Promise<void> {
  const shop = await openSandboxShop(rig, settings);
  try {
    await work(shop);
  } finally {
    await shop.close();
  }
}

test('the tax comes out to the cent wherever the order goes, and whatever it holds', async ({ rig }) => {
  await withShop(rig, { shippingItemId: null }, async (shop) => {
    const shipped = { ...buyer, shippingAddress: address };
    await mapItem(rig, shop.tenant, { itemId: String(clothing(shop)), sku: 'HAT', taxClassId: '2' });
    const twice = { ...mug, lineId: 'b', quantity: 2, unitPrice: '9.99', discount: '1.00' };
    const hat = { ...mug, lineId: 'h', sku: 'HAT', unitPrice: '10.00' };
    const cases: [string, Record<string, unknown> & { total: string }, number][] = [
      ['pickup', { total: '16.20', taxTotal: '1.20' }, 1],
      ['shipped in-state', { ...shipped, total: '22.20', taxTotal: '1.20', shipping: { amount: '6.00' } }, 1],
      ['taxed shipping', { ...shipped, total: '22.68', taxTotal: '1.68', shipping: { amount: '6.00' } }, 1],
      ['shipped out-of-state', { ...shipped, total: '21.94', taxTotal: '0.94', shipping: { amount: '6.00' } }, 2],
      ['two taxes', { total: '16.80', taxTotal: '1.80' }, 3],
      ['exempt', { total: '15.00', taxTotal: '0.00' }, 0],
      ['an untaxed line', { total: '35.18', taxTotal: '1.20', lines: [mug, { ...twice, taxable: false }] }, 1],
      ['several classes', { total: '26.60', taxTotal: '1.60', lines: [mug, hat] }, 1],
      ['no category fits', { total: '16.11', taxTotal: '1.11' }, 0],
      ['nothing to pay', { total: '0.00', discountTotal: '15.00' }, 0],
    ];
    const sold = cases.map(async ([name, changes, taxCategoryID], index) => {
      const payments = changes.total === '0.00' ? [] : undefined;
      const { sale, message } = await sell(shop, String(index + 1), changes, payments);
      if (!sale) throw new Error(`${name}: ${String(message)}`);
      expect([name, Number(sale.calcTotal), Number(sale.balance), sale.taxCategoryID]).toEqual([
        name,
        Number(changes.total),
        0,
        taxCategoryID,
      ]);
    });
    await Promise.all(sold);
  });
});

test('R31: gift cards, shipping, fees and several payments, each where it belongs', async ({ rig }) => {
  const settings = { paymentTypes: { 'gift card': '8', card: '7' }, defaultPaymentTypeId: '2' };
  await withShop(rig, settings, async (shop) => {
    const giftCard = { lineId: 'g', sku: 'GIFT', kind: 'gift-card', quantity: 1, unitPrice: '25.00' };
    const wrapping = {
      lineId: 'w',
      sku: 'WRAP',
      kind: 'other',
      description: 'Gift wrapping',
      quantity: 2,
      unitPrice: '1.50',
    };
    const { sale } = await sell(
      shop,
      '1',
      {
        ...buyer,
        total: '48.00',
        shipping: { amount: '5.00' },
        shippingAddress: address,
        lines: [mug, wrapping, giftCard],
      },
      [
        { paymentId: 'p1', amount: '10.00', method: 'Gift Card', reference: 'GC-77' },
        { paymentId: 'p2', amount: '8.00', method: 'bank' },
        { paymentId: 'p3', amount: '30.00', method: 'card' },
      ],
    );
    expect(
      sale!.lines.map(({ itemID, unitQuantity, unitPrice, note }) => [itemID, unitQuantity, unitPrice, note]),
    ).toEqual([
      [shop.itemId, '1', '15', ''],
      [0, '2', '1.5', 'WRAP Gift wrapping'],
      [0, '1', '5', 'Shipping'],
    ]);
    expect(
      sale!.payments.map(({ paymentTypeID, amount, remoteReference }) => [
        paymentTypeID,
        Number(amount),
        remoteReference,
      ]),
    ).toEqual([
      [8, 10, 'GC-77'],
      [2, 8, 'p2'],
      [7, 5, 'p3'],
    ]);
    expect(booksOf(shop).contacts.get(booksOf(shop).shipTos.get(sale!.shipToID)!.contactID)).toMatchObject({
      addresses: [{ city: 'Troy', zip: '12180' }],
    });
  });
});

test('R30: a known customer is taken as they are, a new one may be written to, none is made of no e-mail', async ({
  rig,
}) => {
  await withShop(rig, {}, async (shop) => {
    const books = booksOf(shop);
    const first = await sell(shop, '1', buyer);
    const moved = { ...buyer, email: ' ADA@example.com'.trim(), billingAddress: { ...address, city: 'Utica' } };
    const second = await sell(shop, '2', moved);
    const nobody = await sell(shop, '3', { customer: buyer.customer });
    const [customer, ...others] = [...books.customers.all()];
    expect([others, first.sale!.customerID, second.sale!.customerID, nobody.sale!.customerID]).toEqual([
      [],
      customer!.customerID,
      customer!.customerID,
      0,
    ]);
    expect(books.contacts.get(customer!.contactID)).toMatchObject({
      noEmail: false,
      noPhone: false,
      noMail: false,
      addresses: [{ city: 'Troy' }],
    });
  });
});

test('the sale date is that of the payment, by setting', async ({ rig }) => {
  await withShop(rig, { saleDate: 'payment' }, async (shop) => {
    const capturedAt = new Date(Date.now() - 3 * 3_600_000).toISOString();
    const { sale } = await sell(shop, '1', {}, [{ paymentId: 'p', amount: '15.00', method: 'card', capturedAt }]);
    expect(sale!.completeTime).toBe(Math.floor(Date.parse(capturedAt) / 1_000)); // the till knows seconds only
  });
});

test('fees that the till adds are seen before the sale is paid, and a person decides on them (R36)', async ({
  rig,
}) => {
  await withShop(rig, {}, async (shop) => {
    const books = booksOf(shop);
    shop.sandbox.world.switches.set('item-fees', 'added');
    shop.sandbox.world.changes.run(() => {
      const { itemFeeID } = books.itemFees.insert({ name: 'Recycling', feeValue: '2', taxClassID: 1, timestamp: 1 });
      books.items.update(books.items.need(shop.itemId), { itemFeeID });
    });
    const { message, sale } = await sell(shop, '1', {});
    expect([message, sale]).toEqual([
      expect.stringContaining('The order comes to 15.00 USD with 0.00 USD tax, its open sale'),
      null,
    ]);
    await shop.as('admin', 'POST', '/orders/1/resolve', { as: 'accepted' });
    await expect.poll(() => saleOf(shop, '1')?.calcTotal, { timeout: 15_000 }).toBe('15');
    expect(saleOf(shop, '1')!.lines.map(({ unitPrice, note }) => [unitPrice, note])).toEqual([
      ['15', ''],
      ['2', ''],
      ['-2', 'Difference accepted by hand'],
    ]);
  });
});

test('a refund in the till brings the unit back to its shop, on the line that sold it, for the money given back', async ({
  rig,
}) => {
  await withShop(rig, { refunds: true }, async (shop) => {
    const books = booksOf(shop);
    const stock = () =>
      Number([...books.itemShops.all()].find(({ itemID, shopID }) => itemID === shop.itemId && shopID === 1)!.qoh);
    const before = stock();
    const { sale } = await sell(shop, '1', {
      ...buyer,
      total: '31.32',
      taxTotal: '2.32',
      discountTotal: '1.00',
      lines: [{ ...mug, quantity: 2 }],
    });
    const given = {
      refundId: 'r1',
      amount: '15.66',
      at: '2026-11-25T10:00:00Z',
      lines: [{ lineId: 'a', quantity: 1 }],
    };
    await shop.as('storefront', 'POST', '/orders/1/refunded', given);
    await expect.poll(() => saleOf(shop, '1:r1')?.calcTotal, { timeout: 15_000 }).toBe('-15.66');
    const refunded = saleOf(shop, '1:r1')!;
    expect([refunded.lines, refunded.payments, stock()]).toMatchObject([
      [{ unitQuantity: '-1', unitPrice: '14.5', parentSaleLineID: sale!.lines[0]!.saleLineID }],
      [{ amount: '-15.66', remoteReference: 'r1' }],
      before - 1,
    ]);
  });
});

test('R32: the stock leaves the shop of the location that the order is for', async ({ rig }) => {
  await withShop(rig, { registerByLocation: { mill: { registerId: '2', shopId: '2' } } }, async (shop) => {
    const stockOf = (shopId: number) => {
      const rows = [...booksOf(shop).itemShops.all()];
      return Number(rows.find(({ itemID, shopID }) => itemID === shop.itemId && shopID === shopId)?.qoh ?? 0);
    };
    const before = [stockOf(1), stockOf(2)] as const;
    const { sale } = await sell(shop, '1', { locationId: 'mill' });
    expect([sale, stockOf(1), stockOf(2)]).toMatchObject([{ shopID: 2, registerID: 2 }, before[0], before[1] - 1]);
  });
});
