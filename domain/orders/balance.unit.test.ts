import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMoney, fromCents } from '../money.ts';
import { balanceMessage, balanceOf } from './balance.ts';

const captured = (...amounts: string[]) => amounts.map((amount) => ({ amount, state: 'captured' as const }));

test('R25: an order is balanced when captured payments equal its total', () => {
  expect(balanceOf({ total: '40.68', payments: captured('40.00', '0.68') })).toEqual({ kind: 'balanced' });
  expect(balanceOf({ total: '0.00', payments: [] })).toEqual({ kind: 'balanced' });
});

test('R25: authorised money does not count', () => {
  const payments = [...captured('28.68'), { amount: '12', state: 'authorised' as const }];
  expect(balanceOf({ total: '40.68', payments })).toEqual({ kind: 'due', amount: '12.00' });
});

test('R26: an unbalanced order says how much is due or too much', () => {
  expect(balanceMessage({ kind: 'due', amount: '12' }, 'USD')).toBe('Unbalanced: 12.00 USD due');
  expect(balanceMessage({ kind: 'overpaid', amount: '0.5' }, 'CAD')).toBe('Unbalanced: 0.50 CAD overpaid');
  expect(balanceMessage({ kind: 'balanced' }, 'USD')).toBeNull();
});

test('a refund before the export lowers the total that must be balanced', () => {
  const refunds = [{ amount: '20' }];
  expect(balanceOf({ total: '100', payments: captured('80'), refunds })).toEqual({ kind: 'balanced' });
  expect(balanceOf({ total: '100', payments: captured('100'), refunds })).toEqual({ kind: 'balanced' });
  expect(balanceOf({ total: '100', payments: captured('79'), refunds })).toEqual({ kind: 'due', amount: '1.00' });
  expect(balanceOf({ total: '100', payments: captured('101'), refunds })).toEqual({ kind: 'overpaid', amount: '1.00' });
});

const cents = fc.integer({ min: 0, max: 1_000_000 });
const money = cents.map((amount) => fromCents(BigInt(amount)));

test('what is due is what makes the order balanced, and what is overpaid is what was too much', () => {
  fc.assert(
    fc.property(money, fc.array(money), fc.array(money, { maxLength: 3 }), (total, paid, refunded) => {
      const refunds = refunded.map((amount) => ({ amount }));
      const balance = balanceOf({ total, payments: captured(...paid), refunds });
      if (balance.kind === 'due') {
        const later = balanceOf({ total, payments: captured(...paid, balance.amount), refunds });
        expect(later).toEqual({ kind: 'balanced' });
      }
      if (balance.kind === 'overpaid') {
        const raised = balanceOf({ total: addMoney(total, balance.amount), payments: captured(...paid), refunds });
        expect(raised).toEqual({ kind: 'balanced' });
      }
    }),
  );
});

test('without refunds the balance is the difference and nothing else', () => {
  fc.assert(
    fc.property(cents, fc.array(cents), (total, paid) => {
      const difference = paid.reduce((sum, amount) => sum + amount, 0) - total;
      const amount = fromCents(BigInt(Math.abs(difference)));
      const expected = difference === 0 ? { kind: 'balanced' } : { kind: difference < 0 ? 'due' : 'overpaid', amount };
      const payments = captured(...paid.map((each) => fromCents(BigInt(each))));
      expect(balanceOf({ total: fromCents(BigInt(total)), payments })).toEqual(expected);
    }),
  );
});
