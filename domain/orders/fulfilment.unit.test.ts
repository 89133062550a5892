import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fulfilmentMessage, fulfilmentOf } from './fulfilment.ts';

const line = (lineId: string, quantity: number, more: object = {}) => ({
  lineId,
  sku: `SKU-${lineId}`,
  kind: 'product' as const,
  quantity,
  ...more,
});

test('R29: an order is fulfilled when each line is, by supplier and by store', () => {
  const lines = [line('1', 3), line('2', 1)];
  const fulfilments = [
    { lineId: '1', quantity: 2, by: 'supplier' },
    { lineId: '1', quantity: 1, by: 'store' },
    { lineId: '2', quantity: 1, by: 'store' },
  ];
  expect(fulfilmentOf(lines, fulfilments)).toEqual({ kind: 'fulfilled' });
  expect(fulfilmentOf(lines, fulfilments.slice(1))).toEqual({
    kind: 'waiting',
    left: [{ lineId: '1', sku: 'SKU-1', quantity: 2 }],
  });
});

test('R29: too many of one line do not fulfil another', () => {
  expect(fulfilmentOf([line('1', 1), line('2', 1)], [{ lineId: '1', quantity: 2 }]).kind).toBe('waiting');
});

test('R29: cancelled units count as fulfilled, and a wholly cancelled line is done', () => {
  expect(fulfilmentOf([line('1', 3, { cancelledQuantity: 1 })], [{ lineId: '1', quantity: 2 }]).kind).toBe('fulfilled');
  expect(fulfilmentOf([line('1', 3, { cancelledQuantity: 3 })], []).kind).toBe('fulfilled');
});

test('R29: gift cards, fees and services wait for nothing', () => {
  const lines = [line('1', 1, { kind: 'gift-card' }), line('2', 1, { kind: 'other' })];
  expect(fulfilmentOf(lines, [])).toEqual({ kind: 'fulfilled' });
});

test('a fulfilment taken back before the export is missing again', () => {
  const fulfilments = [
    { lineId: '1', quantity: 2 },
    { lineId: '1', quantity: -1 },
  ];
  expect(fulfilmentOf([line('1', 2)], fulfilments)).toMatchObject({ left: [{ quantity: 1 }] });
  expect(fulfilmentOf([line('1', 2)], [{ lineId: '1', quantity: -1 }])).toMatchObject({ left: [{ quantity: 2 }] });
});

test('R36: the message says what is left', () => {
  expect(fulfilmentMessage([{ lineId: '1', sku: 'SKU-1', quantity: 2 }])).toBe('Waiting for fulfilment: 2 of SKU-1');
  const many = Array.from({ length: 7 }, (_, index) => ({ lineId: `${index}`, sku: `S${index}`, quantity: 1 }));
  expect(fulfilmentMessage(many)).toBe(
    'Waiting for fulfilment: 1 of S0, 1 of S1, 1 of S2, 1 of S3, 1 of S4 and 2 more lines',
  );
});

test('what is left, once fulfilled, leaves nothing', () => {
  const lines = fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 5 });
  const steps = fc.array(
    fc.record({ lineId: fc.constantFrom('0', '1', '2', '9'), quantity: fc.integer({ min: 1, max: 3 }) }),
  );
  fc.assert(
    fc.property(lines, steps, (quantities, fulfilments) => {
      const order = quantities.map((quantity, index) => line(String(index), quantity));
      const state = fulfilmentOf(order, fulfilments);
      const left = state.kind === 'waiting' ? state.left : [];
      expect(fulfilmentOf(order, [...fulfilments, ...left]).kind).toBe('fulfilled');
    }),
  );
});
