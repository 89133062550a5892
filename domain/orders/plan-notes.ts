import { compareMoney, formatMoney, subtractMoney } from '../money.ts';
import type { OrderSnapshot } from './order-snapshot.ts';
import type { SaleCustomer } from './sale-customer.ts';
import type { SalePlanLine } from './sale-lines.ts';

/** What a person should know about a plan before they trust it: what stays off, and what the order does not show. */
export function planNotes(plan: {
  order: OrderSnapshot;
  lines: readonly SalePlanLine[];
  giftCards: string;
  customer: SaleCustomer | null;
}): string[] {
  const { order, lines } = plan;
  const money = (amount: string) => formatMoney(amount, order.currency);
  const misc = lines.filter(({ kind }) => kind === 'misc').map(({ note }) => note);
  const priceOf = (kind: SalePlanLine['kind']) => lines.find((line) => line.kind === kind)?.unitPrice;
  const tax = priceOf('tax');
  const refund = priceOf('refund');
  const rounding = priceOf('rounding');
  const hasGiftCards = compareMoney(plan.giftCards, '0') !== 0;
  return [
    hasGiftCards ? `Gift cards of ${money(plan.giftCards)} and the money that paid for them stay off the sale` : '',
    misc.length > 0 ? `Without a POS item, sold as misc lines: ${[...new Set(misc)].join('; ')}` : '',
    tax === undefined ? '' : `The tax of ${money(tax)} is a line of its own: no tax category gives it`,
    refund === undefined
      ? ''
      : `${money(subtractMoney('0', refund))} refunded before the export are a line of their own`,
    rounding === undefined ? '' : `A rounding line of ${money(rounding)} makes the sale equal to the order`,
    plan.customer === null ? 'The order has no e-mail: the sale has no customer' : '',
    plan.customer === null && order.shippingAddress ? 'Without a customer the till takes no shipping address' : '',
  ].filter((note) => note !== '');
}
