import { addMoney } from '../../domain/money.ts';
import { at, inStock, mug, test } from './orders-test.ts';

/** Mapped to an item of the general tax class: 8 % in the shop's county, 6.25 % in the next state. */
const mugs = [{ sku: 'MUG' }];
const address = { address1: '2 Mole', city: 'Troy', state: 'NY', zip: '12180', country: 'US' };
const buyer = { email: 'Ada@Example.com', customer: { firstName: 'Ada', lastName: 'Moss' }, billingAddress: address };

test.concurrent('a paid order is one completed sale, to the cent wherever it goes and whatever it holds (R23, R31)', async ({
  openShop,
  expect,
}) => {
  // Clothing bears 4 % in the shop's county.
  const shop = await openShop({ goods: [...mugs, { sku: 'HAT', taxClassID: 2 }] });
  const shipped = { ...buyer, shippingAddress: address, shipping: { amount: '6.00', method: 'Post' } };
  const twice = { ...mug, lineId: 'b', quantity: 2, unitPrice: '9.99', discount: '1.00' };
  const hat = { ...mug, lineId: 'h', sku: 'HAT', unitPrice: '10.00' };
  const discounted = [
    { ...mug, quantity: 3, unitPrice: '10.00', discount: '1.00' },
    { ...mug, lineId: 'b', sku: 'UNKNOWN', description: 'Odd thing', unitPrice: '5.00' },
  ];
  const cases: [string, Record<string, unknown> & { total: string }, number][] = [
    ['pickup', { total: '16.20', taxTotal: '1.20' }, 1],
    ['shipped-in-state', { ...shipped, total: '22.20', taxTotal: '1.20' }, 1],
    ['taxed-shipping', { ...shipped, total: '22.68', taxTotal: '1.68' }, 1],
    ['shipped-out-of-state', { ...shipped, total: '21.94', taxTotal: '0.94' }, 2],
    ['two-taxes', { total: '16.80', taxTotal: '1.80' }, 3],
    ['exempt', { total: '15.00', taxTotal: '0.00' }, 0],
    ['an-untaxed-line', { total: '35.18', taxTotal: '1.20', lines: [mug, { ...twice, taxable: false }] }, 1],
    ['several-classes', { total: '26.60', taxTotal: '1.60', lines: [mug, hat] }, 1],
    ['no-category-fits', { total: '16.11', taxTotal: '1.11' }, 0],
    ['discounts', { total: '27.33', discountTotal: '6.67', lines: discounted }, 0],
    ['nothing-to-pay', { total: '0.00', discountTotal: '15.00' }, 0],
  ];
  const sold = cases.map(async ([orderId, changes, taxCategory]) => {
    await shop.put(orderId, changes);
    if (changes.total !== '0.00') await shop.pay(orderId, changes.total);
    await shop.says(orderId, 'Exported as ticket');
    const [sale, ...twins] = await shop.salesOf(orderId);
    expect({ orderId, twins, total: Number(sale?.total), tax: sale?.taxCategoryId }).toEqual({
      orderId,
      twins: [],
      total: Number(changes.total),
      tax: String(taxCategory),
    });
    expect(sale).toMatchObject({ balance: '0', employeeId: '3', registerId: '4', shopId: '1' });
  });
  await Promise.all(sold);
  const [mugId = ''] = shop.itemIds;
  expect(await shop.saleOf('no-category-fits')).toMatchObject({
    referenceNumberSource: `tillbridge:${shop.tenant}`,
    lines: [
      { itemId: mugId, isTaxed: false },
      { itemId: '0', note: 'Tax', unitPrice: '1.11' },
    ],
    payments: [{ paymentTypeId: '7', amount: '16.11', remoteReference: 'pay-no-category-fits' }],
  });
  expect((await shop.saleOf('discounts'))?.lines.at(-1)).toMatchObject({ itemId: '0', note: 'UNKNOWN Odd thing' });
  expect((await shop.saleOf('shipped-in-state'))?.lines.at(-1)).toMatchObject({
    note: 'Shipping: Post',
    unitPrice: '6',
  });
  const mugsSold = cases.reduce(
    (sum, [, { lines = [mug] }]) =>
      sum +
      (lines as { sku: string; quantity: number }[]).reduce(
        (n, { sku, quantity }) => n + (sku === 'MUG' ? quantity : 0),
        0,
      ),
    0,
  );
  expect([await shop.stockOf(mugId, '1'), await shop.stockOf(mugId, '2')]).toEqual([inStock - mugsSold, inStock]); // R32
});

test.concurrent('R31: gift cards, shipping, fees and several payments, each where it belongs', async ({
  openShop,
  expect,
}) => {
  const settings = { paymentTypes: { 'gift card': '8', card: '7' }, defaultPaymentTypeId: '2' };
  const shop = await openShop({ settings, goods: mugs });
  const giftCard = { lineId: 'g', sku: 'GIFT', kind: 'gift-card', quantity: 1, unitPrice: '25.00' };
  const wrapping = {
    lineId: 'w',
    sku: 'WRAP',
    kind: 'other',
    description: 'Gift wrapping',
    quantity: 2,
    unitPrice: '1.50',
  };
  await shop.put('1', {
    ...buyer,
    total: '48.00',
    shipping: { amount: '5.00' },
    shippingAddress: address,
    lines: [mug, wrapping, giftCard],
  });
  await shop.pay('1', '10.00', { paymentId: 'p1', method: 'Gift Card', reference: 'GC-77' });
  await shop.pay('1', '8.00', { paymentId: 'p2', method: 'bank' });
  await shop.pay('1', '30.00', { paymentId: 'p3' });
  await shop.says('1', 'Exported');
  const sale = (await shop.saleOf('1'))!;
  expect(sale).toMatchObject({
    total: '23',
    lines: [
      { itemId: shop.itemIds[0], quantity: '1', unitPrice: '15', note: '' },
      { itemId: '0', quantity: '2', unitPrice: '1.5', note: 'WRAP Gift wrapping' },
      { itemId: '0', quantity: '1', unitPrice: '5', note: 'Shipping' },
    ],
    payments: [
      { paymentTypeId: '8', amount: '10', remoteReference: 'GC-77' },
      { paymentTypeId: '2', amount: '8', remoteReference: 'p2' },
      { paymentTypeId: '7', amount: '5', remoteReference: 'p3' },
    ],
  });
  const { contactID } = shop.books.shipTos.get(Number(sale.shipToId))!;
  expect(shop.books.contacts.get(contactID)).toMatchObject({ addresses: [{ city: 'Troy', zip: '12180' }] });
});

test.concurrent('R30: a known customer is taken as they are, a new one may be written to, of two the oldest, none is made of no e-mail', async ({
  openShop,
  sandbox,
  expect,
}) => {
  const shop = await openShop({ goods: mugs });
  const { books } = shop;
  const first = await shop.sell('1', buyer);
  const before = sandbox.world.log.list().length;
  const second = await shop.sell('2', {
    ...buyer,
    email: 'ADA@example.com',
    billingAddress: { ...address, city: 'Utica' },
  });
  const cost = addMoney(
    ...sandbox.world.log
      .list()
      .slice(before)
      .filter(({ path }) => path.includes(`/${shop.accountId}/`) && /\/(Sale|Customer)\b/.test(path))
      .map((call) => (call.cost ?? 0).toFixed(2)),
  );
  const nobody = await shop.sell('3', { customer: buyer.customer });
  const [customer, ...others] = [...books.customers.all()];
  const ada = String(customer!.customerID);
  expect([others, first.customerId, second.customerId, nobody.customerId]).toEqual([[], ada, ada, '0']);
  const contact = books.contacts.get(customer!.contactID)!;
  expect(contact).toMatchObject({ noEmail: false, noPhone: false, noMail: false, addresses: [{ city: 'Troy' }] });
  expect(Number(cost)).toBeLessThanOrEqual(8.2); // drips of an order with a known customer, once the account is read

  // Archived, she is brought back rather than made twice.
  sandbox.world.changes.run(() => books.customers.update(customer!, { archived: true }));
  expect((await shop.sell('4', buyer)).customerId).toBe(ada);
  expect([...books.customers.all()]).toMatchObject([{ customerID: customer!.customerID, archived: false }]);

  sandbox.world.changes.run(() => {
    const { customerID: _, contactID: __, ...twin } = customer!;
    const { contactID: ___, ...same } = contact;
    books.customers.insert({ ...twin, contactID: books.contacts.insert(same).contactID });
  });
  expect((await shop.sell('5', buyer)).customerId).toBe(ada);
  const { history } = (await shop.order('5')) as { history: { code: string; message: string }[] };
  expect(history.find(({ code }) => code === 'several-customers')?.message).toBe(
    `2 customers of the till have the order's e-mail: the oldest, customer ${ada}, is the sale's`,
  );
});

test.concurrent('R32: by setting the sale is dated by its payment, and its stock leaves the shop of the location that the order is for', async ({
  openShop,
  expect,
}) => {
  const settings = { saleDate: 'payment', registerByLocation: { mill: '2' } };
  const shop = await openShop({ settings, goods: mugs });
  const capturedAt = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 3 * 3_600_000); // the till knows seconds only
  await shop.put('1', { locationId: 'mill' });
  await shop.pay('1', '15.00', { capturedAt: capturedAt.toISOString() });
  await shop.says('1', 'Exported');
  const sale = (await shop.saleOf('1'))!;
  expect(sale).toMatchObject({ shopId: '2', registerId: '2' });
  expect(new Date(sale.completeTime!)).toEqual(capturedAt);
  const [itemId = ''] = shop.itemIds;
  expect([await shop.stockOf(itemId, '1'), await shop.stockOf(itemId, '2')]).toEqual([inStock, inStock - 1]);
});

test.concurrent('fees that the till adds are seen before the sale is paid: cents become a rounding line, on more a person decides (R36)', async ({
  openShop,
  expect,
}) => {
  const goods = [
    { sku: 'MUG', fee: { name: 'Recycling', amount: '2' } },
    { sku: 'CUP', fee: { name: 'Recycling', amount: '0.02' } },
  ];
  const shop = await openShop({ goods });
  await shop.till.call('PUT', '/switches', { 'item-fees': 'added' });
  await shop.place('1');
  await shop.says(
    '1',
    /The order comes to 15\.00 USD with 0\.00 USD tax, its open sale 2200\d+ in the till to 17\.00 USD/,
  );
  expect(await shop.salesOf('1')).toEqual([]);
  await shop.accept('1');
  await shop.says('1', 'Exported');
  const linesOf = async (orderId: string) =>
    (await shop.saleOf(orderId))!.lines.map(({ unitPrice, note }) => [unitPrice, note]);
  expect(await linesOf('1')).toEqual([
    ['15', ''],
    ['2', ''],
    ['-2', 'Difference accepted by hand'],
  ]);
  await shop.sell('2', { lines: [{ ...mug, sku: 'CUP' }], updatedAt: at(1) });
  expect(await linesOf('2')).toEqual([
    ['15', ''],
    ['0.02', ''],
    ['-0.02', 'Rounding'],
  ]);
  expect(await shop.saleOf('2')).toMatchObject({ total: '15', balance: '0', payments: [{ amount: '15' }] });
});
