import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMoney, fromCents } from '../money.ts';
import type { Payment } from './order-snapshot.ts';
import { salePayments } from './sale-payments.ts';

const payment = (paymentId: string, amount: string, more: Partial<Payment> = {}): Payment => {
  return { paymentId, amount, method: 'card', capturedAt: '2026-01-01T10:00:00Z', state: 'captured', ...more };
};
const settings = { paymentTypes: { card: '3', 'Web Gift Card': '12' }, defaultPaymentTypeId: '9' };

test('each payment goes to the payment type of its method, with its reference', () => {
  const payments = [
    payment('p1', '10', { reference: 'ch_1' }),
    payment('p2', '5.5', { method: ' web gift card', capturedAt: '2026-01-01T11:00:00Z' }),
    payment('p3', '1', { method: 'bank', capturedAt: '2026-01-01T12:00:00Z' }),
  ];
  expect(salePayments(payments, '16.50', settings)).toEqual({
    kind: 'paid',
    payments: [
      { paymentId: 'p1', paymentTypeId: '3', amount: '10.00', remoteReference: 'ch_1' },
      { paymentId: 'p2', paymentTypeId: '12', amount: '5.50', remoteReference: 'p2' },
      { paymentId: 'p3', paymentTypeId: '9', amount: '1.00', remoteReference: 'p3' },
    ],
    keptOff: [],
  });
});

test('a method without a payment type is named', () => {
  const without = { ...settings, defaultPaymentTypeId: null };
  expect(salePayments([payment('p1', '10', { method: 'bank' })], '10', without)).toEqual({
    kind: 'payment-type-missing',
    method: 'bank',
  });
});

test('R31: money for gift cards stays off: what was captured last', () => {
  const payments = [
    payment('a-late', '30', { capturedAt: '2026-01-01T10:00:00+00:00' }),
    payment('z-early', '20', { capturedAt: '2026-01-01T11:00:00+02:00' }),
  ];
  expect(salePayments(payments, '25', settings)).toMatchObject({
    payments: [
      { paymentId: 'z-early', amount: '20.00' },
      { paymentId: 'a-late', amount: '5.00' },
    ],
    keptOff: [{ paymentId: 'a-late', amount: '25.00' }],
  });
});

test('R25: authorised money pays nothing', () => {
  expect(salePayments([payment('p1', '10', { state: 'authorised' })], '10', settings)).toEqual({
    kind: 'short',
    by: '10.00',
  });
});

test('a sale of nothing needs no payment', () => {
  expect(salePayments([], '0', settings)).toEqual({ kind: 'paid', payments: [], keptOff: [] });
});

const money = fc.integer({ min: 1, max: 100_000 });

test('payments on the sale equal its total, and with what is kept off all that was captured', () => {
  fc.assert(
    fc.property(fc.array(money, { maxLength: 6 }), fc.double({ min: 0, max: 1, noNaN: true }), (amounts, share) => {
      const captured = amounts.reduce((sum, amount) => sum + amount, 0);
      const total = fromCents(BigInt(Math.floor(captured * share)));
      const payments = amounts.map((amount, index) => payment(`p${index}`, fromCents(BigInt(amount))));
      const paid = salePayments(payments, total, settings);
      if (paid.kind !== 'paid') throw new Error(paid.kind);
      expect(addMoney(...paid.payments.map(({ amount }) => amount))).toBe(total);
      const all = [...paid.payments, ...paid.keptOff].map(({ amount }) => amount);
      expect(addMoney(...all)).toBe(fromCents(BigInt(captured)));
      expect(salePayments(payments.toReversed(), total, settings)).toEqual(paid);
    }),
  );
});
