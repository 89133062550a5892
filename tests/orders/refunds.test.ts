import type { Fault } from '../../sandbox/r-series/faults/fault.ts';
import type { OrderShop } from './orders-test.ts';
import { at, mug, test, until } from './orders-test.ts';

/** Two mugs, shipped: 35.00. */
const pair = { total: '35.00', shipping: { amount: '5.00' }, lines: [{ ...mug, quantity: 2 }] };
const oneMug = { refundId: 'r1', amount: '15.00', at: at(9), lines: [{ lineId: 'a', quantity: 1 }] };

const refund = ({ storefront }: OrderShop, orderId: string, changes: Record<string, unknown> = {}) =>
  storefront.call('POST', `/orders/${orderId}/refunded`, { ...oneMug, ...changes });

/** Waits until the order's refund says so. */
const says = (shop: OrderShop, orderId: string, words: string) =>
  until(async () => {
    const [told] = (await shop.order(orderId))['refunds'] as { message: string }[];
    return told?.message.includes(words) || `the refund of ${orderId} says ${told?.message}, not ${words}`;
  });

const refundOf = (shop: OrderShop, orderId: string) => shop.saleOf(`${orderId}:r1`);

test.concurrent('a refund after the export is one refund sale, linked to the first, and the unit is back in its shop, however often it is told (R24)', async ({
  openShop,
  expect,
}) => {
  const shop = await openShop({ settings: { refunds: true }, goods: [{ sku: 'MUG' }] });
  const [itemId = ''] = shop.itemIds;
  // With tax and a discount: what is given back of one of two is half of what was paid.
  const sale = await shop.sell('1', {
    total: '36.32',
    taxTotal: '2.32',
    discountTotal: '1.00',
    shipping: { amount: '5.00', taxable: false },
    lines: [{ ...mug, quantity: 2 }],
  });
  const before = await shop.stockOf(itemId, '1');
  const given = { amount: '20.66', shippingAmount: '5.00' };
  await refund(shop, '1', given);
  const again = await refund(shop, '1', given);
  await says(shop, '1', 'Exported as ticket 2200');
  expect(again.body['ignored']).toBe('Ignored: this refund is known already');
  expect(await shop.salesOf('1:r1')).toMatchObject([
    {
      referenceNumberSource: `tillbridge-refund:${shop.tenant}`,
      total: '-20.66',
      lines: [
        { quantity: '-1', unitPrice: '14.5', parentSaleLineId: sale.lines[0]!.saleLineId },
        { quantity: '-1', unitPrice: '5', parentSaleLineId: sale.lines.at(-1)!.saleLineId },
      ],
      payments: [{ paymentTypeId: '7', amount: '-20.66', remoteReference: 'r1' }],
    },
  ]);
  expect(await shop.stockOf(itemId, '1')).toBe(before + 1);
});

const faults: Fault[] = [
  { kind: 'status', status: 503, when: 'before-commit' },
  { kind: 'reset', when: 'before-commit' },
  { kind: 'reset', when: 'after-commit' },
  { kind: 'late-commit', status: 504, commitAfterMs: 900 },
  { kind: 'truncated-json' },
  { kind: 'rate-limit', retryAfterSeconds: 0.2 },
];

test.concurrent.for(['honoured', 'ignored'])(
  'whatever becomes of its POST, a refund is made once, with the reference filter %s (R24)',
  async (position, { openShop, expect }) => {
    const shop = await openShop({ settings: { refunds: true } });
    await shop.till.call('PUT', '/switches', { 'reference-filter': position });
    const orderIds = faults.map(({ kind }, n) => `${n}-${kind}`);
    await Promise.all(orderIds.map((orderId) => shop.sell(orderId)));
    shop.breakNext('POST', 'Sale', ...faults);
    await Promise.all(orderIds.map((orderId) => refund(shop, orderId)));
    await Promise.all(orderIds.map((orderId) => says(shop, orderId, 'Exported')));
    const counts = await Promise.all(orderIds.map((orderId) => shop.salesOf(`${orderId}:r1`)));
    expect(counts.map((sales) => sales.length)).toEqual(orderIds.map(() => 1));
  },
);

test.concurrent('where no total can be predicted a refund is opened, read and completed for the money given back', async ({
  openShop,
  sandbox,
  expect,
}) => {
  const shop = await openShop({ settings: { refunds: true } });
  await shop.till.call('PUT', '/switches', { 'account-tax': 'inclusive' });
  const { taxCategories } = shop.books;
  sandbox.world.changes.run(() => {
    for (const category of taxCategories.all()) taxCategories.update(category, { isTaxInclusive: true });
  });
  await shop.sell('1', pair);
  shop.breakNext('PUT', 'Sale/*', { kind: 'reset', when: 'after-commit' });
  await refund(shop, '1', { amount: '14.00' });
  await says(shop, '1', 'Exported');
  expect(await shop.salesOf('1:r1')).toMatchObject([{ total: '-14', balance: '0', payments: [{ amount: '-14' }] }]);
});

test.concurrent('refunds are off unless the setup says otherwise: it says so, and a person may make one by hand (R33)', async ({
  standingShop,
  expect,
}) => {
  const shop = await standingShop();
  await shop.sell('off', pair);
  await refund(shop, 'off');
  await says(shop, 'off', 'Not exported: refunds are off');
  expect(await refundOf(shop, 'off')).toBeUndefined();
  await shop.admin.expect('POST', '/orders/off/refunds/r1/retry');
  await says(shop, 'off', 'Exported');
  expect([await shop.salesOf('off:r1'), await shop.handiwork('off')]).toMatchObject([
    [{ total: '-15' }],
    [['refund-retried', 'admin']],
  ]);
});

test.concurrent('what the till refuses parks the refund until a person retries (R36)', async ({ openShop, expect }) => {
  const shop = await openShop({ settings: { refunds: true } });
  await shop.sell('1', pair);
  await shop.till.call('PUT', '/switches', { 'closed-register': 'refused' });
  await shop.till.call('PATCH', '/registers/4', { open: false });
  await refund(shop, '1');
  await says(shop, '1', 'Register 4 is not open');
  const parked = async () => (await shop.attention()).filter(({ kind }) => kind === 'order');
  expect(await parked()).toMatchObject([{ subject: '1', code: 'refund-attention-r1' }]);
  await shop.till.call('PATCH', '/registers/4', { open: true });
  await shop.admin.expect('POST', '/orders/1/refunds/r1/retry');
  await says(shop, '1', 'Exported');
  expect(await parked()).toEqual([]);
});

test.concurrent('a refund before the export lowers what is due, takes its units off the sale, and makes none of its own (R25)', async ({
  standingShop,
  expect,
}) => {
  const shop = await standingShop({ refunds: true });
  await shop.put('early', pair);
  expect((await shop.pay('early', '20.00'))['message']).toBe('Unbalanced: 15.00 USD due');
  await refund(shop, 'early');
  await shop.says('early', 'Exported');
  await says(shop, 'early', 'Taken off the sale');
  expect([await shop.salesOf('early'), await refundOf(shop, 'early')]).toMatchObject([
    [{ total: '20', lines: [{ quantity: '1', unitPrice: '15' }, { unitPrice: '5' }] }],
    undefined,
  ]);
});

test.concurrent('more than there is to give back is refused, and names the field', async ({ standingShop, expect }) => {
  const shop = await standingShop({ refunds: true });
  await shop.sell('more', pair);
  const answers = [
    await refund(shop, 'more', { amount: '35.01' }),
    await refund(shop, 'more', { lines: [{ lineId: 'a', quantity: 3 }] }),
    await refund(shop, 'more', { lines: [{ lineId: 'z', quantity: 1 }] }),
    await refund(shop, 'more', { lines: [{ lineId: 'a', quantity: 0.5 }] }),
  ];
  expect(answers.map(({ body }) => [body['code'], body['field']])).toEqual([
    ['refund-too-large', 'amount'],
    ['refund-too-large', 'lines[0].lineId'],
    ['line-unknown', 'lines[0].lineId'],
    ['invalid', 'lines[0].quantity'],
  ]);
});

test.concurrent('the bookkeeper reads each order beside its sale, its refunds and what differs, by the days of the sales', async ({
  openShop,
  expect,
}) => {
  const shop = await openShop({ settings: { refunds: true } });
  const { ticketNumber } = await shop.sell('1001', pair);
  await refund(shop, '1001');
  await says(shop, '1001', 'Exported');
  await shop.put('1001', { ...pair, updatedAt: at(5), total: '33.50' });
  await shop.put('1002', { placedAt: '2026-10-01T10:00:00Z' });
  const csv = async (query: string) => {
    const text = await shop.admin.text('GET', `/orders/reconciliation.csv${query}`);
    const [head, ...rows] = text.trim().split('\r\n');
    const names = head!.split(',');
    return rows.map((row) => Object.fromEntries(row.split(',').map((value, index) => [names[index], value])));
  };
  // The day of the export in the shop's own zone.
  const day = (moment: unknown) =>
    new Date(String(moment)).toLocaleDateString('en-CA', { timeZone: 'America/New_York' });
  const today = day((await shop.order('1001'))['exportedAt']);
  expect(await csv(`?from=${today}&to=${today}`)).toMatchObject([
    {
      order: '1001',
      state: 'exported',
      ticket: ticketNumber,
      orderTotal: '33.50',
      saleTotal: '35.00',
      difference: '-1.50',
      saleTax: '0.00',
      payments: 'card 35.00 (pay-1001)',
      refundedAfter: '15.00',
      refundTickets: (await refundOf(shop, '1001'))!.ticketNumber,
    },
  ]);
  expect((await csv('?to=2026-10-31')).map((row) => [row['order'], row['saleTotal']])).toEqual([['1002', '']]);
  expect((await csv('')).length).toBe(2);
  expect((await shop.admin.call('GET', '/orders/reconciliation.csv?from=today')).body['code']).toBe('invalid');
});
