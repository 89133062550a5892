import { expect, test } from 'vitest';
import type { OrderLine, OrderSnapshot } from './order-snapshot.ts';
import { giftCardTotal, mostUnitLines, saleLines, shippingLine } from './sale-lines.ts';

const line = (lineId: string, more: Partial<OrderLine> = {}): OrderLine => {
  const goods = { sku: `SKU-${lineId}`, description: 'Enamel mug', kind: 'product' as const };
  return { lineId, ...goods, quantity: 1, unitPrice: '10.00', discount: '0', ...more };
};
const order = (lines: OrderLine[], more: Partial<OrderSnapshot> = {}): OrderSnapshot => {
  const times = { placedAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' };
  return { orderId: '1001', ...times, currency: 'USD', total: '0', taxTotal: '0', discountTotal: '0', lines, ...more };
};
const brief = (lines: ReturnType<typeof saleLines>) =>
  lines.map(({ quantity, unitPrice, discount }) => `${quantity} × ${unitPrice} − ${discount}`);

test('a matched line goes by its item, an unmatched one as a misc line with SKU and text', () => {
  const mappings = { a: { itemId: '20', taxClassId: '1' } };
  expect(saleLines(order([line('a', { quantity: 3 }), line('b')]), mappings, 'wanted')).toMatchObject([
    { kind: 'item', orderLineId: 'a', itemId: '20', taxClassId: '1', note: null, quantity: 3, unitPrice: '10.00' },
    { kind: 'misc', orderLineId: 'b', itemId: null, taxClassId: null, note: 'SKU-b Enamel mug', quantity: 1 },
  ]);
});

test('a line is not mapped by a word that every object knows', () => {
  expect(saleLines(order([line('constructor')]), {}, 'wanted')).toMatchObject([{ kind: 'misc' }]);
});

test('R31: gift cards are left out, and cost what they cost', () => {
  const gift = line('g', { kind: 'gift-card', unitPrice: '25', quantity: 2, discount: '5', cancelledQuantity: 0 });
  expect(saleLines(order([gift, line('a')]), {}, 'wanted')).toHaveLength(1);
  expect(giftCardTotal(order([gift, line('a')]))).toBe('45.00');
  expect(giftCardTotal(order([line('a')]))).toBe('0.00');
});

test('a discounted line is split into units whose shares are exact to the cent', () => {
  const lines = saleLines(order([line('a', { quantity: 3, discount: '10.00' })]), {}, 'wanted');
  expect(brief(lines)).toEqual(['1 × 10.00 − 3.34', '1 × 10.00 − 3.33', '1 × 10.00 − 3.33']);
});

test('units without a share of the discount stay together', () => {
  const lines = saleLines(order([line('a', { quantity: 5, discount: '0.02' })]), {}, 'wanted');
  expect(brief(lines)).toEqual(['1 × 10.00 − 0.01', '1 × 10.00 − 0.01', '3 × 10.00 − 0.00']);
});

test('a line given away keeps its price and its discount', () => {
  expect(brief(saleLines(order([line('a', { discount: '10' })]), {}, 'wanted'))).toEqual(['1 × 10.00 − 10.00']);
});

test('beyond the cap, units are sold at a lowered price, to the same cent', () => {
  const lines = saleLines(order([line('a', { quantity: mostUnitLines + 1, discount: '1.00' })]), {}, 'wanted');
  expect(brief(lines)).toEqual(['49 × 9.98 − 0.00', '2 × 9.99 − 0.00']);
  expect(saleLines(order([line('a', { quantity: mostUnitLines, discount: '50' })]), {}, 'wanted')).toHaveLength(50);
});

test('cancelled units are not sold; the others keep their share of the discount', () => {
  const cancelled = order([line('a', { quantity: 3, cancelledQuantity: 1, discount: '9.00' })]);
  expect(brief(saleLines(cancelled, {}, 'wanted'))).toEqual(['1 × 10.00 − 3.00', '1 × 10.00 − 3.00']);
  expect(saleLines(cancelled, {}, 'ordered')).toHaveLength(3);
  expect(saleLines(order([line('a', { cancelledQuantity: 1 })]), {}, 'wanted')).toEqual([]);
});

test('a discount on the order is spread over its goods and not over gift cards', () => {
  const gift = line('g', { kind: 'gift-card', unitPrice: '50' });
  const lines = [line('a', { unitPrice: '10' }), gift, line('b', { unitPrice: '30', discount: '10' })];
  const spread = saleLines(order(lines, { discountTotal: '3.00' }), {}, 'wanted');
  expect(brief(spread)).toEqual(['1 × 10.00 − 1.00', '1 × 30.00 − 12.00']);
});

test('a line below zero gets no share of a discount', () => {
  const lines = [line('a'), line('credit', { kind: 'other', unitPrice: '-5' })];
  const spread = saleLines(order(lines, { discountTotal: '4' }), {}, 'wanted');
  expect(brief(spread)).toEqual(['1 × 10.00 − 4.00', '1 × -5.00 − 0.00']);
});

test('R31: shipping is a line of its own, on the chosen item or as a misc line', () => {
  const shipped = order([line('a')], { shipping: { amount: '7.5', method: 'Courier' } });
  expect(shippingLine(shipped, null, true)).toMatchObject({
    kind: 'shipping',
    itemId: null,
    note: 'Shipping: Courier',
    unitPrice: '7.50',
    taxable: true,
  });
  expect(shippingLine(shipped, '99', false)).toMatchObject({ itemId: '99', taxable: false });
  expect(shippingLine(order([line('a')], { shipping: { amount: '0' } }), null, true)).toBeNull();
  expect(shippingLine(order([line('a')]), null, true)).toBeNull();
});

test('what a discount takes beyond the goods comes off the shipping, and no further', () => {
  const free = (discountTotal: string) => order([line('a')], { shipping: { amount: '7.50' }, discountTotal });
  expect(shippingLine(free('17.50'), null, true)).toMatchObject({ unitPrice: '7.50', discount: '7.50' });
  expect(brief(saleLines(free('17.50'), {}, 'wanted'))).toEqual(['1 × 10.00 − 10.00']);
  expect(() => shippingLine(free('17.51'), null, true)).toThrow(RangeError);
});

test('a discount larger than its line is refused', () => {
  expect(() => saleLines(order([line('a', { discount: '10.01' })]), {}, 'wanted')).toThrow(RangeError);
  expect(() => saleLines(order([line('a', { discount: '-1' })]), {}, 'wanted')).toThrow(RangeError);
});
