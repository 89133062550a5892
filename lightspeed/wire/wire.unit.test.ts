import { expect, test } from 'vitest';
import { sessionParser } from './account.ts';
import { customerParser } from './customer.ts';
import { itemParser, itemWithStockParser } from './item.ts';
import { rowsOf } from './row-parser.ts';
import { saleParser } from './sale.ts';
import { employeeParser } from './shop.ts';
import { stockParser } from './stock.ts';
import { taxCategoryParser } from './tax-category.ts';

const time = '2026-02-01T10:00:00+00:00';
const mug = {
  itemID: '20',
  systemSku: '210000000020',
  defaultCost: '8',
  discountable: 'true',
  tax: 'true',
  archived: 'false',
  itemType: 'default',
  description: 'Enamel mug',
  upc: '',
  ean: '',
  customSku: 'MUG-1',
  manufacturerSku: '',
  timeStamp: time,
  taxClassID: '1',
  manufacturerID: '0',
  Prices: {
    ItemPrice: [
      { amount: '19.5', useTypeID: '1', useType: 'Default' },
      { amount: '0', useTypeID: '2', useType: 'MSRP' },
    ],
  },
};
const stock = (shopID: string, qoh: string) => ({
  itemShopID: '897',
  qoh,
  sellable: '33',
  backorder: '0',
  onWorkorder: '0',
  reorderPoint: '5',
  reorderLevel: '10',
  timeStamp: time,
  itemID: '20',
  shopID,
});
const page = (rows: object) => ({ '@attributes': { next: '', previous: '' }, ...rows });
const without = <T extends object>(row: T, key: keyof T) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== key));

test('one row is an object, several are an array, none is no key', () => {
  expect(rowsOf(itemParser, page({ Item: mug }))).toHaveLength(1);
  expect(rowsOf(itemParser, page({ Item: [mug, mug] }))).toHaveLength(2);
  expect(rowsOf(itemParser, page({}))).toEqual([]);
});

test('strings become what they mean, and money stays a decimal string', () => {
  expect(itemParser.parse(mug)).toEqual({
    itemId: '20',
    systemSku: '210000000020',
    description: 'Enamel mug',
    itemType: 'default',
    upc: '',
    ean: '',
    customSku: 'MUG-1',
    manufacturerSku: '',
    manufacturerId: '0',
    taxClassId: '1',
    taxable: true,
    archived: false,
    timeStamp: new Date(time),
    prices: [
      { levelId: '1', amount: '19.5' },
      { levelId: '2', amount: '0' },
    ],
  });
});

test.each([
  ['absent', mug],
  ['an empty string', { ...mug, ItemShops: '' }],
])('a relation without rows is %s', (_name, row) => {
  expect(itemWithStockParser.parse(row).stock).toEqual([]);
});

test('an only price and an only shop come as objects, and the sum over all shops is left out', () => {
  const row = { ...mug, Prices: { ItemPrice: mug.Prices.ItemPrice[0] }, ItemShops: { ItemShop: stock('1', '-2') } };
  expect(itemWithStockParser.parse(row)).toMatchObject({
    prices: [{ amount: '19.5' }],
    stock: [{ shopId: '1', qoh: '-2' }],
  });
  const summed = { ...mug, ItemShops: { ItemShop: [stock('1', '3'), stock('0', '3')] } };
  expect(itemWithStockParser.parse(summed).stock.map(({ shopId }) => shopId)).toEqual(['1']);
});

test('stock without the newer field is sellable as far as it is on hand', () => {
  expect(stockParser.parse(without(stock('1', '4'), 'sellable')).sellable).toBe('4');
  expect(stockParser.parse(without(stock('1', '-4'), 'sellable')).sellable).toBe('0');
});

test.each(['upc', 'Prices', 'timeStamp', 'archived'] as const)(
  'an item without %s is not read as an empty one',
  (field) => {
    expect(() => itemParser.parse(without(mug, field))).toThrow(`Item 20: can't read ${field}`);
  },
);

test.each(['qoh', 'backorder', 'reorderPoint'] as const)('stock without %s is not read as nought', (field) => {
  expect(() => stockParser.parse(without(stock('1', '4'), field))).toThrow(`ItemShop 897: can't read ${field}`);
});

test('a row that cannot be read is named by resource, field and id, never by its content', () => {
  const row = { ...mug, description: { secret: 'Ada' }, Prices: { ItemPrice: [{ useTypeID: '1', amount: 'Ada' }] } };
  expect(() => itemParser.parse(row)).toThrow(/^Item 20: can't read description, Prices.0.amount$/);
});

test('an answer of another shape is no empty list', () => {
  expect(() => rowsOf(itemParser, [])).toThrow('Item');
  expect(() => rowsOf(itemParser, { httpCode: '200' })).toThrow('@attributes');
});

const sale = {
  saleID: '120',
  ticketNumber: '220000000120',
  completed: 'false',
  voided: 'false',
  archived: 'false',
  calcTotal: '34.48',
  calcTax1: '1.6',
  calcTax2: '0',
  calcPayments: '0',
  balance: '34.48',
  change: '0',
  timeStamp: time,
};

test.each(['updateTime', 'updatetime'])('an open sale has no completion time, whatever the spelling of %s', (name) => {
  const read = saleParser.parse({ ...sale, [name]: time });
  expect(read).toMatchObject({ saleId: '120', completed: false, completedAt: null, referenceNumber: '' });
  expect(saleParser.parse({ ...sale, completeTime: time }).completedAt).toEqual(new Date(time));
});

test('a contact has its lists as empty strings, or is none', () => {
  const emails = (Contact: unknown) => customerParser.parse({ customerID: '8', archived: 'false', Contact }).emails;
  expect(emails({ Emails: '', Phones: '' })).toEqual([]);
  expect(emails({ Emails: { ContactEmail: { address: 'a@b.example', useType: 'Primary' } } })).toEqual(['a@b.example']);
  expect(emails('')).toEqual([]);
  expect(customerParser.parse({ customerID: '8' })).toMatchObject({ emails: [], createdAt: null });
});

test('a session says what its user may do; a right that is absent is not had', () => {
  const session = sessionParser.parse({
    sessionID: '',
    employeeID: '2',
    systemCustomerID: '120645',
    Employee: { firstName: 'Ada', lastName: 'Moss' },
    Rights: { register: 'true', admin: 'false' },
  });
  expect(session).toMatchObject({ userName: 'Ada Moss', rights: { register: true, admin: false } });
  expect(session.rights['admin_shops']).toBeUndefined();
});

test('id "0" is nobody', () => {
  const employee = { employeeID: '2', firstName: 'Ada', lastName: '', lockOut: 'true', limitToShopID: '0' };
  expect(employeeParser.parse(employee)).toMatchObject({ name: 'Ada', lockedOut: true, limitToShopId: null });
});

test('a tax category without class rates has none', () => {
  const row = { taxCategoryID: '1', isTaxInclusive: 'false', tax1Rate: '0.05', tax2Rate: '0' };
  expect(taxCategoryParser.parse(row)).toMatchObject({ tax1Rate: '0.05', classes: [] });
});
