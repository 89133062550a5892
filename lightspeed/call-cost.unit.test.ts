import { expect, test } from 'vitest';
import { callCost } from './call-cost.ts';
import type { NewSale } from './till.ts';
import type { TillRequest } from './till-request.ts';
import { customerBody } from './wire/customer-body.ts';
import { saleBody } from './wire/sale-body.ts';

const sale: NewSale = {
  completed: true,
  employeeId: '2',
  registerId: '5',
  shopId: '1',
  customerId: '8',
  referenceNumber: '1001',
  referenceNumberSource: 'tillbridge:acme',
  taxCategoryId: '1',
  lines: [{ itemId: '20', quantity: 1, unitPrice: '18', tax: true }],
  payments: [{ paymentTypeId: '3', amount: '18', remoteReference: 'pay_1' }],
};
const address = { address1: '1 Quay', city: 'Halifax' };

test.each<[string, TillRequest, string]>([
  ['a plain list', { method: 'GET', resource: 'Item' }, '1'],
  ['items with their stock', { method: 'GET', resource: 'Item', relations: ['ItemShops'] }, '1.4'],
  ['one item with its stock', { method: 'GET', resource: 'Item', id: '1', relations: ['ItemShops'] }, '1.2'],
  ['customers with their contact', { method: 'GET', resource: 'Customer', relations: ['Contact'] }, '1.2'],
  ['one customer with it', { method: 'GET', resource: 'Customer', id: '1', relations: ['Contact'] }, '1.1'],
  [
    'one under a to-many relation',
    { method: 'GET', resource: 'Sale', id: '1', relations: ['SaleLines', 'SaleLines.Item'] },
    '1.4',
  ],
  ['a count', { method: 'GET', resource: 'Item', query: { count: '1' } }, '10'],
  ['or on one field', { method: 'GET', resource: 'Item', query: { or: 'upc%3D1|upc%3D2' } }, '1'],
  ['or on one entity', { method: 'GET', resource: 'Item', query: { or: 'upc%3D1|ean%3D2' } }, '3'],
  ['or on two entities', { method: 'GET', resource: 'Item', query: { or: 'upc%3D1|ItemShops.qoh%3D2' } }, '21'],
  [
    "the vendor's example: a completed sale of two lines and a payment",
    { method: 'POST', resource: 'Sale', body: saleBody({ ...sale, lines: [...sale.lines, ...sale.lines] }) },
    '6.5',
  ],
  [
    'an open sale of a line',
    { method: 'POST', resource: 'Sale', body: saleBody({ ...sale, completed: false, payments: [] }) },
    '2.5',
  ],
  [
    'its completion',
    {
      method: 'PUT',
      resource: 'Sale',
      id: '7',
      body: { completed: true, SalePayments: { SalePayment: [{ amount: '18' }] } },
    },
    '5.5',
  ],
  ['a category', { method: 'POST', resource: 'Category', body: { name: 'Mugs' } }, '10'],
  ['a tax category', { method: 'POST', resource: 'TaxCategory', body: { tax1Rate: '0.05' } }, '1'],
])('%s costs what the vendor says', (_name, request, cost) => {
  expect(callCost(request)).toBe(cost);
});

test('an order costs no more than the goal: 6 to post, 3 for a new customer, 2 to ship', () => {
  const post = (body: ReturnType<typeof saleBody>) => Number(callCost({ method: 'POST', resource: 'Sale', body }));
  const shipping = { quantity: 1, unitPrice: '5', tax: false };
  const shipped = (line: NewSale['lines'][number]): NewSale => ({
    ...sale,
    lines: [...sale.lines, line],
    shipTo: { firstName: 'Ada', lastName: 'Moss', address },
  });
  const customer = customerBody({ firstName: 'Ada', lastName: 'Moss', email: 'a@b.example', phone: '1', address });
  expect(post(saleBody(sale))).toBe(6);
  expect(Number(callCost({ method: 'POST', resource: 'Customer', body: customer }))).toBe(3);
  expect(post(saleBody(shipped({ itemId: '9', ...shipping })))).toBe(8);
  // A misc line carries its text as a note: a nested entity more.
  expect(post(saleBody(shipped({ itemId: null, note: 'Shipping', ...shipping })))).toBe(8.5);
});
