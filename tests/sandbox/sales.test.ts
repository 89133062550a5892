import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/r-series/start-sandbox.ts';
import { call, control, openSandbox, stockedItem } from './sandbox-test.ts';

const who = { employeeID: 3, registerID: 4, shopID: 1 };
const line = (itemID: string, unitQuantity: number, unitPrice: string, more: object = {}) => ({
  itemID,
  unitQuantity,
  unitPrice,
  tax: true,
  ...more,
});
const paid = (amount: string, more: object = {}) => ({
  SalePayment: { amount, paymentTypeID: '7', remoteReference: 'pay_1', ...more },
});

async function qohAt1(sandbox: Sandbox, itemID: string): Promise<number> {
  return Number((await call(sandbox, 'GET', `ItemShop.json?itemID=${itemID}&shopID=1`)).body.ItemShop.qoh);
}

test('one POST completes a balanced sale, taxes it and moves stock below zero if need be', async () => {
  const sandbox = await openSandbox();
  const { itemID, qoh } = await stockedItem(sandbox);
  const quantity = qoh + 2;
  const subtotal = 10 * quantity;
  const total = (subtotal * 1.08).toFixed(2);
  const { status, body } = await call(sandbox, 'POST', 'Sale.json', {
    ...who,
    completed: true,
    taxCategoryID: 1,
    referenceNumber: 'WEB-1001',
    referenceNumberSource: 'webshop',
    SaleLines: { SaleLine: [line(itemID, quantity, '10', { taxClassID: 1 })] },
    SalePayments: paid(total),
  });
  expect([status, body.Sale?.message]).toEqual([200, undefined]);
  expect(body.Sale).toMatchObject({
    completed: 'true',
    balance: '0',
    calcTotal: String(Number(total)),
    calcSubtotal: String(subtotal),
    change: '0',
  });
  expect(body.Sale.ticketNumber).toBe(String(220_000_000_000 + Number(body.Sale.saleID)));
  expect(body.Sale.SaleLines.SaleLine.unitQuantity).toBe(String(quantity));
  expect(body.Sale.completeTime).toMatch(/\+00:00$/);
  expect(await qohAt1(sandbox, itemID)).toBe(-2);
  const found = await call(
    sandbox,
    'GET',
    'Sale.json?referenceNumber=WEB-1001&referenceNumberSource=webshop&archived=true',
  );
  expect(found.body.Sale.saleID).toBe(body.Sale.saleID);
  const { sales } = await control(sandbox, 'GET', `accounts/${sandbox.accountId}/books/sales`);
  expect(sales).toEqual([
    expect.objectContaining({
      referenceNumber: 'WEB-1001',
      total: String(Number(total)),
      registerId: '4',
      employeeId: '3',
    }),
  ]);
});

test('an unbalanced sale is refused and leaves nothing behind', async () => {
  const sandbox = await openSandbox();
  const { itemID, qoh } = await stockedItem(sandbox);
  const sale = {
    ...who,
    completed: true,
    taxCategoryID: 0,
    SaleLines: { SaleLine: line(itemID, 1, '10') },
    SalePayments: paid('9.99'),
  };
  const short = await call(sandbox, 'POST', 'Sale.json', sale);
  expect([short.status, short.body.httpCode]).toEqual([400, '400']);
  expect((await call(sandbox, 'POST', 'Sale.json', { ...sale, SalePayments: paid('10.01') })).status).toBe(400);
  await control(sandbox, 'PUT', 'switches', { 'error-status-completion': '422', overpayment: 'accepted' });
  expect((await call(sandbox, 'POST', 'Sale.json', sale)).status).toBe(422);
  expect((await control(sandbox, 'GET', `accounts/${sandbox.accountId}/books/summary`)).sales).toBe(0);
  expect(await qohAt1(sandbox, itemID)).toBe(qoh);
  expect((await call(sandbox, 'POST', 'Sale.json', { ...sale, SalePayments: paid('10.01') })).body.Sale.balance).toBe(
    '-0.01',
  );
});

test('cash beyond the total becomes change', async () => {
  const sandbox = await openSandbox();
  const { itemID } = await stockedItem(sandbox);
  const body = {
    ...who,
    completed: true,
    taxCategoryID: 0,
    SaleLines: { SaleLine: line(itemID, 1, '7.5') },
    SalePayments: paid('10', { paymentTypeID: 1 }),
  };
  const { Sale } = (await call(sandbox, 'POST', 'Sale.json', body)).body;
  expect(Sale).toMatchObject({ change: '2.5', balance: '0', calcPayments: '7.5' });
});

test('an open sale leaves stock alone until a PUT completes it', async () => {
  const sandbox = await openSandbox();
  const { itemID, qoh } = await stockedItem(sandbox);
  const open = await call(sandbox, 'POST', 'Sale.json', {
    ...who,
    taxCategoryID: 0,
    SaleLines: { SaleLine: line(itemID, 2, '10') },
  });
  expect(open.body.Sale).toMatchObject({ completed: 'false', calcTotal: '20', balance: '20' });
  expect(open.body.Sale).not.toHaveProperty('completeTime');
  expect(open.body.Sale).not.toHaveProperty('SalePayments');
  expect(await qohAt1(sandbox, itemID)).toBe(qoh);
  const done = await call(sandbox, 'PUT', `Sale/${open.body.Sale.saleID}.json`, {
    completed: true,
    SalePayments: paid(open.body.Sale.calcTotal),
  });
  expect(done.body.Sale).toMatchObject({ completed: 'true', balance: '0' });
  expect(await qohAt1(sandbox, itemID)).toBe(qoh - 2);
  expect((await call(sandbox, 'DELETE', `Sale/${open.body.Sale.saleID}.json`)).status).toBe(400);
});

test('a PUT with lines appends them, in both recorded spellings', async () => {
  const sandbox = await openSandbox();
  const { itemID } = await stockedItem(sandbox);
  const open = await call(sandbox, 'POST', 'Sale.json', { ...who, SaleLines: { SaleLine: line(itemID, 1, '10') } });
  const put = () =>
    call(sandbox, 'PUT', `Sale/${open.body.Sale.saleID}.json`, { SaleLines: [{ SaleLine: line(itemID, 1, '10') }] });
  expect((await put()).body.Sale.SaleLines.SaleLine).toHaveLength(2);
  expect((await put()).body.Sale.SaleLines.SaleLine).toHaveLength(3);
});

test('a sale of no tax category comes back untaxed, though its line was sent as taxed', async () => {
  const sandbox = await openSandbox();
  const { itemID } = await stockedItem(sandbox);
  const { Sale } = (
    await call(sandbox, 'POST', 'Sale.json', {
      ...who,
      taxCategoryID: 0,
      SaleLines: { SaleLine: line(itemID, 1, '10') },
    })
  ).body;
  expect([Sale.calcTax1, Sale.SaleLines.SaleLine.tax]).toEqual(['0', 'false']);
});

test('a refund gives stock and money back, once', async () => {
  const sandbox = await openSandbox();
  const { itemID, qoh } = await stockedItem(sandbox);
  const sale = {
    ...who,
    completed: true,
    taxCategoryID: 1,
    SaleLines: { SaleLine: line(itemID, 2, '10', { taxClassID: 1 }) },
    SalePayments: paid('21.6'),
  };
  const { saleID } = (await call(sandbox, 'POST', 'Sale.json', sale)).body.Sale;
  const refund = { ...who, SalePayments: { SalePayment: { paymentTypeID: 7 } } };
  const { Sale } = (await call(sandbox, 'POST', `Sale/${saleID}/refund.json`, refund)).body;
  expect(Sale).toMatchObject({ completed: 'true', calcTotal: '-21.6', balance: '0' });
  expect(Sale.SaleLines.SaleLine.unitQuantity).toBe('-2');
  expect(await qohAt1(sandbox, itemID)).toBe(qoh);
  const line1 = {
    SaleLines: { SaleLine: { parentSaleLineID: Sale.SaleLines.SaleLine.parentSaleLineID, unitQuantity: -1 } },
  };
  expect((await call(sandbox, 'POST', `Sale/${saleID}/refund.json`, { ...refund, ...line1 })).status).toBe(400);
});

test('customers, shipping addresses and misc lines go along with a sale', async () => {
  const sandbox = await openSandbox();
  const contact = {
    Emails: { ContactEmail: { address: 'jo@example.com', useType: 'Primary' } },
    Addresses: { ContactAddress: { address1: '1 Quay', city: 'Hull' } },
  };
  const { Sale } = (
    await call(sandbox, 'POST', 'Sale.json', {
      ...who,
      completed: true,
      Customer: { firstName: 'Jo', lastName: 'Reed', Contact: contact },
      ShipTo: { firstName: 'Jo', Contact: contact },
      SaleLines: { SaleLine: [{ unitQuantity: 1, unitPrice: '5', tax: false, Note: { note: 'Shipping' } }] },
      SalePayments: paid('5'),
    })
  ).body;
  expect(Sale).toMatchObject({ completed: 'true', total: '5' });
  const found = await call(sandbox, 'GET', 'Customer.json?load_relations=["Contact"]&Contact.email=JO@example.com');
  expect(found.body.Customer.customerID).toBe(Sale.customerID);
  const ship = await call(sandbox, 'GET', `ShipTo/${Sale.shipToID}.json?load_relations=["Contact"]`);
  expect(ship.body.ShipTo.Contact.Addresses.ContactAddress.city).toBe('Hull');
  const lines = await call(sandbox, 'GET', `SaleLine.json?saleID=${Sale.saleID}&load_relations=["Note"]`);
  expect(lines.body.SaleLine.Note.note).toBe('Shipping');
});

test('each undocumented behaviour of a sale has its switch', async () => {
  const sandbox = await openSandbox();
  const { itemID } = await stockedItem(sandbox);
  const post = async (more: object) => {
    const sale = {
      ...who,
      taxCategoryID: 1,
      SaleLines: { SaleLine: line(itemID, 2, '10.8', { taxClassID: 1 }) },
      ...more,
    };
    return (await call(sandbox, 'POST', 'Sale.json', sale)).body;
  };
  const put = (switches: Record<string, string>) =>
    control(sandbox, 'PUT', `accounts/${sandbox.accountId}/switches`, switches);
  expect((await post({})).Sale.total).toBe('23.33');
  await put({ 'account-tax': 'inclusive' });
  expect((await post({})).Sale).toMatchObject({
    total: '21.6',
    calcTax1: '1.6',
    calcSubtotal: '20',
    isTaxInclusive: 'true',
  });
  await put({ 'account-tax': 'exclusive', 'discount-amount': 'per-unit' });
  const discounted = { taxCategoryID: 0, SaleLines: { SaleLine: line(itemID, 2, '10', { discountAmount: '1' }) } };
  expect((await post(discounted)).Sale.total).toBe('18');
  await put({ 'discount-amount': 'per-line', 'sale-update-time': 'updatetime' });
  expect((await post(discounted)).Sale).toMatchObject({ total: '19', updatetime: expect.any(String) });
  await put({ 'closed-register': 'refused' });
  await control(sandbox, 'PATCH', `accounts/${sandbox.accountId}/registers/4`, { open: false });
  expect((await post({ completed: true, SalePayments: paid('23.33') })).message).toMatch(/not open/);
  await put({ 'closed-register': 'accepted', 'remote-reference-unique': 'yes' });
  expect((await post({ completed: true, SalePayments: paid('23.33') })).Sale.completed).toBe('true');
  expect((await post({ completed: true, SalePayments: paid('23.33') })).httpCode).toBe('400');
  await put({ 'reference-filter': 'ignored' });
  expect((await call(sandbox, 'GET', 'Sale.json?referenceNumber=nothing')).body.Sale.length).toBeGreaterThan(1);
});

test("an item's fee becomes a line where the switch says so", async () => {
  const sandbox = await openSandbox();
  const { itemID } = await stockedItem(sandbox);
  await control(sandbox, 'PATCH', `accounts/${sandbox.accountId}/items/${itemID}`, {
    fee: { name: 'Recycling', amount: 1.5 },
  });
  const sale = { ...who, taxCategoryID: 0, SaleLines: { SaleLine: line(itemID, 2, '10') } };
  expect((await call(sandbox, 'POST', 'Sale.json', sale)).body.Sale.total).toBe('20');
  await control(sandbox, 'PUT', 'switches', { 'item-fees': 'added' });
  expect((await call(sandbox, 'POST', 'Sale.json', sale)).body.Sale).toMatchObject({ total: '23', calcItemFees: '3' });
});

test.for([
  ['change', 'when it was changed'],
  ['completion', 'that time'],
] as const)(
  'a sale completed with a time of its own bears it, and is stamped by the switch "%s": %s',
  async ([position]) => {
    const sandbox = await openSandbox({ switches: { 'completed-timestamp': position } });
    const completeTime = new Date(Date.now() - 3 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+00:00');
    const { body } = await call(sandbox, 'POST', 'Sale.json', {
      ...who,
      completed: true,
      completeTime,
      taxCategoryID: 0,
      SaleLines: { SaleLine: { unitPrice: '10', unitQuantity: 1, tax: false } },
      SalePayments: paid('10'),
    });
    expect(body.Sale.completeTime).toBe(completeTime);
    const isOld = Date.parse(body.Sale.timeStamp) === Date.parse(completeTime);
    expect(isOld).toBe(position === 'completion');
    const since = new Date(Date.now() - 3_600_000).toISOString();
    const recent = await call(sandbox, 'GET', `Sale.json?timeStamp=${encodeURIComponent(`>,${since}`)}`);
    expect(recent.body['@attributes'].count ?? [recent.body.Sale ?? []].flat().length).toBe(
      position === 'completion' ? 0 : 1,
    );
  },
);
