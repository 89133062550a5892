import { expect, test } from 'vitest';
import type { OrderLine } from './order-snapshot.ts';
import { changeSinceSent, sentOrderOf } from './sent-order.ts';

const line = (lineId: string, sku: string, quantity: number, cancelledQuantity = 0): OrderLine => ({
  lineId,
  sku,
  quantity,
  cancelledQuantity,
  description: sku,
  kind: 'product',
  unitPrice: '10.00',
  discount: '0',
});
const order = { total: '30.00', currency: 'USD', lines: [line('1', 'RED', 2), line('2', 'BLUE', 1)] };
const since = (now: Partial<typeof order>) => changeSinceSent(sentOrderOf(order), { ...order, ...now });

test('an order as it was sent has not changed, whatever else is said of it (R24)', () => {
  expect(since({})).toBeNull();
  expect(since({ total: '30' })).toBeNull();
  expect(since({ lines: [...order.lines, line('3', 'NONE', 1, 1)] })).toBeNull();
});

test('a change after the sale says the totals, and each line that is another (R24, R36)', () => {
  expect(since({ total: '28.00' })).toBe('from 30.00 USD to 28.00 USD');
  expect(since({ lines: [line('1', 'RED', 2), line('2', 'GREEN', 1)] })).toBe('line 2 from 1 × BLUE to 1 × GREEN');
  expect(since({ total: '20.00', lines: [line('1', 'RED', 2, 1)] })).toBe(
    'from 30.00 USD to 20.00 USD, line 1 from 2 × RED to 1 × RED, line 2 from 1 × BLUE to none',
  );
});
