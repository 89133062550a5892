import { addMoney, compareMoney, formatMoney, subtractMoney } from '../money.ts';
import type { OrderSnapshot, Payment, Refund } from './order-snapshot.ts';

export type Balance = { kind: 'balanced' } | { kind: 'due'; amount: string } | { kind: 'overpaid'; amount: string };

/**
 * Whether captured money covers the order (R25); authorised money does not count. A refund before the export lowers
 * what must be covered: captured money is enough from `total - refunds` (that part was never captured) up to `total`
 * (it was captured and given back). `total` is the order's as placed, not lowered by the refunds.
 */
export function balanceOf(facts: {
  total: string;
  payments: readonly Pick<Payment, 'amount' | 'state'>[];
  refunds?: readonly Pick<Refund, 'amount'>[] | undefined;
}): Balance {
  const captured = addMoney(...facts.payments.filter(({ state }) => state === 'captured').map(({ amount }) => amount));
  const owed = subtractMoney(facts.total, addMoney(...(facts.refunds ?? []).map(({ amount }) => amount)));
  if (compareMoney(captured, owed) < 0) return { kind: 'due', amount: subtractMoney(owed, captured) };
  const most = compareMoney(owed, facts.total) > 0 ? owed : facts.total;
  if (compareMoney(captured, most) > 0) return { kind: 'overpaid', amount: subtractMoney(captured, most) };
  return { kind: 'balanced' };
}

/** The message of an order that money keeps from its export (R26); null if it is balanced. */
export function balanceMessage(balance: Balance, currency: OrderSnapshot['currency']): string | null {
  switch (balance.kind) {
    case 'balanced':
      return null;
    case 'due':
      return `Unbalanced: ${formatMoney(balance.amount, currency)} due`;
    case 'overpaid':
      return `Unbalanced: ${formatMoney(balance.amount, currency)} overpaid`;
  }
}
