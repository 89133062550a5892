import { bookSale } from './book-sale.ts';
import { at, mug, test } from './orders-test.ts';

test.concurrent('R36: a total that differs shows both totals and both taxes; accepted, the difference is a line of its own', async ({
  standingShop,
  expect,
}) => {
  const shop = await standingShop();
  await shop.place('differs', { total: '16.00' });
  await shop.says('differs', 'The order comes to 16.00 USD with 0.00 USD tax, its sale to 15.00 USD with 0.00 USD tax');
  await shop.says('differs', 'Accept it as it stands');
  await shop.accept('differs');
  await shop.says('differs', 'Exported as ticket');
  expect(await shop.saleOf('differs')).toMatchObject({
    total: '16',
    lines: [{ unitPrice: '15' }, { note: 'Difference accepted by hand', unitPrice: '1', isTaxed: false }],
  });
  expect(await shop.handiwork('differs')).toEqual([['accepted', 'admin']]);
});

test.concurrent('R36: what was accepted holds for those figures only; a fixed order goes on without a retry', async ({
  standingShop,
  expect,
}) => {
  const shop = await standingShop({ mode: 'dry-run' });
  await shop.place('figures', { total: '16.00' });
  await shop.says('figures', 'comes to 16.00 USD');
  await shop.accept('figures');
  await shop.says('figures', 'Dry run: a sale of 16.00 USD');
  const priced = (minute: number, unitPrice: string) =>
    shop.put('figures', { updatedAt: at(minute), total: '16.00', lines: [{ ...mug, unitPrice }] });
  await priced(1, '14.00');
  await shop.says('figures', 'its sale to 14.00 USD');
  await priced(2, '16.00');
  await shop.says('figures', 'Dry run: a sale of 16.00 USD');
  expect((await shop.attention()).filter(({ subject }) => subject === 'figures')).toEqual([]);
});

test.concurrent('R36: a tax that no category gives, accepted by hand, is a line of its own', async ({
  standingShop,
  expect,
}) => {
  const shop = await standingShop({ taxPolicy: 'attention' });
  await shop.place('taxed', { total: '16.05', taxTotal: '1.05' });
  await shop.says('taxed', "No tax category gives the order's tax of 1.05");
  await shop.accept('taxed');
  await shop.says('taxed', 'Exported');
  expect(await shop.saleOf('taxed')).toMatchObject({
    lines: [{ unitPrice: '15' }, { note: 'Tax', unitPrice: '1.05' }],
  });
});

test.concurrent('chosen orders are exported by hand in one call, each with who and when; none stops another (R33)', async ({
  standingShop,
  expect,
}) => {
  const shop = await standingShop({ mode: 'dry-run' });
  for (const orderId of ['b1', 'b2', 'b3']) {
    await shop.place(orderId);
    await shop.says(orderId, 'Dry run');
  }
  expect((await shop.order('b1'))['plannedSale']).toMatchObject({ mode: 'one-post', totals: { total: '15.00' } });
  await shop.storefront.expect('POST', '/orders/b3/cancelled', { at: at(5) });
  const { status, body } = await shop.admin.call('POST', '/orders/retry', { orders: ['b1', 'none', 'b2', 'b3'] });
  expect([status, body['orders']]).toMatchObject([
    202,
    [
      { orderId: 'b1', problem: null },
      { orderId: 'none', order: null, problem: { code: 'order-unknown' } },
      { orderId: 'b2', problem: null },
      { orderId: 'b3', order: { ignored: 'Ignored: the storefront has cancelled the order' } },
    ],
  ]);
  for (const orderId of ['b1', 'b2']) {
    await shop.says(orderId, 'Exported');
    expect([(await shop.salesOf(orderId)).length, await shop.handiwork(orderId)]).toEqual([1, [['retried', 'admin']]]);
  }
  expect(await shop.order('b1')).toMatchObject({ plannedSale: null, payments: [{ state: 'captured' }] });
  expect(await shop.salesOf('b3')).toEqual([]);
});

test.concurrent('never export, and settle as a ticket that the till has, are kept with who and when; a retry takes never back (R33)', async ({
  standingShop,
  sandbox,
  expect,
}) => {
  const shop = await standingShop();
  const resolve = (body: Record<string, unknown>, orderId = 'settled') =>
    shop.admin.call('POST', `/orders/${orderId}/resolve`, body);
  await shop.put('never');
  await resolve({ as: 'never' }, 'never');
  await shop.pay('never');
  await shop.says('never', 'Not exported: set so by hand');
  await shop.admin.expect('POST', '/orders/never/retry');
  await shop.says('never', 'Exported');
  const { ticketNumber: taken } = (await shop.saleOf('never'))!;

  await shop.put('settled');
  const free = await bookSale(shop, sandbox.apiUrl, 'by telephone');
  const answers = [
    await resolve({ as: 'ticket', ticketNumber: taken }),
    await resolve({ as: 'ticket', ticketNumber: '17' }),
    await resolve({ as: 'ticket', ticketNumber: free }),
    await shop.admin.call('POST', '/orders/settled/retry'),
  ];
  expect(answers.map(({ status, body }) => [status, body['code'] ?? body['message']])).toEqual([
    [409, 'ticket-used'],
    [422, 'ticket-unknown'],
    [202, expect.stringContaining(`Settled by hand as ticket ${free} by admin at `)],
    [409, 'order-exported'],
  ]);
  await shop.pay('settled');
  await shop.says('settled', 'Settled by hand');
  expect([await shop.salesOf('settled'), await shop.handiwork('never'), await shop.handiwork('settled')]).toEqual([
    [],
    [
      ['by-hand', 'admin'],
      ['retried', 'admin'],
    ],
    [['resolved', 'admin']],
  ]);
});

test.concurrent('what was found after the export can be accepted, and nothing else (R36)', async ({
  standingShop,
  expect,
}) => {
  const shop = await standingShop();
  await shop.sell('found');
  const early = await shop.accept('found');
  await shop.put('found', { updatedAt: at(9), total: '14.00' });
  const open = async () => (await shop.attention()).filter(({ subject }) => subject === 'found');
  expect(await open()).toMatchObject([{ code: 'changed-after-export' }]);
  await shop.accept('found');
  expect([early.body['code'], await open(), await shop.handiwork('found')]).toEqual([
    'nothing-to-accept',
    [],
    [['accepted', 'admin']],
  ]);
});

test.concurrent('the planned sale of an order that is not paid yet is shown as it will be (R23)', async ({
  standingShop,
  expect,
}) => {
  const shop = await standingShop();
  await shop.sell('read'); // the account has been read
  await shop.put('planned');
  expect(await shop.order('planned')).toMatchObject({
    message: 'Unbalanced: 15.00 USD due',
    plannedSale: { totals: { total: '15.00' }, payments: [{ amount: '15.00', paymentTypeId: '7' }] },
  });
});
