import { expect, test } from 'vitest';
import { resourceList } from '../resources/resource-list.ts';
import { requestCost } from './request-cost.ts';

const resource = (name: string) => resourceList.find((one) => one.name === name)!;
const cost = (method: string, name: string, query = '', body = {}, id?: string, sub?: string) =>
  requestCost({ method, resource: resource(name), id, sub, params: new URLSearchParams(query), body });

test("the docs' example: a completed sale of two lines and a payment costs 6.5", () => {
  const line = { itemID: 1 };
  const body = {
    completed: true,
    SaleLines: { SaleLine: [line, line] },
    SalePayments: { SalePayment: { amount: '1' } },
  };
  expect(cost('POST', 'Sale', '', body)).toBe(6.5);
  expect(cost('POST', 'Sale', '', { ...body, SaleLines: [{ SaleLine: line }, { SaleLine: line }] })).toBe(6.5);
});

test('reading a list costs 1 and its relations double', () => {
  expect(cost('GET', 'Item')).toBe(1);
  expect(cost('GET', 'Item', 'load_relations=["ItemShops"]')).toBe(1.4);
  expect(cost('GET', 'Item', 'load_relations=["Category"]')).toBe(1.2);
  expect(cost('GET', 'Item', 'load_relations=["ItemShops","Category"]', {}, '7')).toBe(1.3);
  expect(cost('GET', 'Sale', 'load_relations=["SaleLines.Item"]', {}, '7')).toBe(1.2); // to-one under a to-many
  expect(cost('GET', 'Item', 'load_relations=nonsense')).toBe(1);
});

test('counting, refunds and categories cost 10', () => {
  expect(cost('GET', 'Item', 'count=1')).toBe(10);
  expect(cost('POST', 'Sale', '', { SalePayments: { SalePayment: {} } }, '7', 'refund')).toBe(10.5);
  expect(cost('POST', 'Category', '', { name: 'Tyres' })).toBe(10);
});

test('alternatives cost by the fields and entities they span', () => {
  const or = (text: string) => `or=${encodeURIComponent(text)}`;
  expect(cost('GET', 'Item', or('upc=1|upc=2'))).toBe(1);
  expect(cost('GET', 'Item', or('upc=1|ean=2'))).toBe(3);
  expect(cost('GET', 'Item', `load_relations=["ItemShops"]&${or('upc=1|ItemShops.qoh=2')}`)).toBe(21.4);
});

test('other writes cost 1, with half a drip per nested entity', () => {
  expect(cost('PUT', 'Item', '', { ItemShops: { ItemShop: { shopID: 1, qoh: 2 } } }, '7')).toBe(1.5);
  expect(cost('POST', 'Customer', '', { Contact: { Emails: { ContactEmail: { address: 'a' } } } })).toBe(2);
});
