import { test } from './orders-test.ts';

const shirt = { lineId: 'a', sku: 'SHIRT', description: 'Shirt', quantity: 1, unitPrice: '100.00' };

/** The till taxes clothing at 4 %, as its list of tax categories doesn't tell: 8 % is what can be predicted. */
test.concurrent('a total that the till refuses shows both totals and both taxes; accepted, the sale is completed with the difference (R36)', async ({
  openShop,
  expect,
}) => {
  const shop = await openShop({ goods: [{ sku: 'SHIRT', taxClassID: 2 }] });
  await shop.till.fault({
    method: 'GET',
    path: 'TaxCategory',
    count: 0,
    fault: { kind: 'missing-field', field: 'TaxCategoryClasses' },
  });
  await shop.place('dear', { total: '108.00', taxTotal: '8.00', lines: [shirt] });
  await shop.says(
    'dear',
    /The order comes to 108\.00 USD with 8\.00 USD tax, its open sale \d+ in the till to 104\.00 USD with 4\.00 USD tax/,
  );
  expect(await shop.salesOf('dear')).toEqual([]);
  await shop.accept('dear');
  await shop.says('dear', 'Exported as ticket');
  expect(await shop.salesOf('dear')).toMatchObject([
    { total: '108', tax: '4', lines: [{ unitPrice: '100' }, { note: 'Difference accepted by hand', unitPrice: '4' }] },
  ]);
});

test.concurrent('a rate that was changed in the till since its lists were read needs nobody: the sale is planned anew', async ({
  openShop,
  expect,
}) => {
  const shop = await openShop({ goods: [{ sku: 'BELL', taxClassID: 1 }] });
  const bell = { ...shirt, sku: 'BELL' };
  await shop.sell('first', { total: '108.00', taxTotal: '8.00', lines: [bell] });
  const category = shop.books.taxCategories.get(1)!;
  shop.books.taxCategories.update(category, { tax1Rate: '0.09' });
  const sale = await shop.sell('second', { total: '108.00', taxTotal: '8.00', lines: [bell] });
  expect(sale).toMatchObject({ total: '108', lines: [{ isTaxed: false }, { unitPrice: '8' }] });
  const { history } = await shop.order('second');
  expect((history as { code: string }[]).map(({ code }) => code)).toContain('planned-anew');
});

test.concurrent("what is refused for another reason than its total says so in the till's words, and a retry completes the sale that stands open (R36)", async ({
  openShop,
  expect,
}) => {
  const shop = await openShop();
  const paymentType = shop.books.paymentTypes.get(7)!;
  shop.books.paymentTypes.update(paymentType, { archived: true });
  await shop.place('unpaid');
  await shop.says('unpaid', 'Lightspeed refused the sale: PaymentType 7 is archived.');
  shop.books.paymentTypes.update(paymentType, { archived: false });
  await shop.admin.expect('POST', '/orders/unpaid/retry');
  await shop.says('unpaid', 'Exported as ticket');
  expect(await shop.salesOf('unpaid')).toHaveLength(1);
});
