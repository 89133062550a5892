import { addMoney, compareMoney, formatMoney, subtractMoney } from '../money.ts';
import { balanceMessage, balanceOf } from './balance.ts';
import type { NotExportedReason } from './order-message.ts';
import { notExportedMessages } from './order-message.ts';
import type { OrderSnapshot, Payment, Refund } from './order-snapshot.ts';
import type { SaleTotals } from './predict-sale.ts';
import { wantedUnits } from './sale-lines.ts';

/** `difference`: the order's total less its sale's. */
export type PlanFigures = {
  orderTotal: string;
  saleTotal: string;
  orderTax: string;
  saleTax: string;
  difference: string;
};

/**
 * Why there is no plan. `refused`: the order's own facts must change first; `attention`: a person decides;
 * `not-exported`: there is nothing to export. Messages are without a full stop, `remedy` says what to do.
 */
export type PlanRefusal =
  | { kind: 'refused'; code: 'unbalanced' | 'overpaid' | 'quantity' | 'discount'; message: string; remedy: string }
  | { kind: 'attention'; code: 'payment-type-missing' | 'tax-mismatch'; message: string; remedy: string }
  | { kind: 'attention'; code: 'total-mismatch'; message: string; remedy: string; figures: PlanFigures }
  | { kind: 'not-exported'; code: NotExportedReason; message: string };

/** Null if every quantity is whole and above zero, and no more is cancelled than was ordered. */
export function quantityRefusal(order: OrderSnapshot): PlanRefusal | null {
  const bad = order.lines.find(({ quantity, cancelledQuantity = 0 }) => {
    const areWhole = Number.isSafeInteger(quantity) && Number.isSafeInteger(cancelledQuantity);
    return !areWhole || quantity < 0 || cancelledQuantity < 0 || cancelledQuantity > quantity;
  });
  if (!bad) return null;
  const cancelled = bad.cancelledQuantity ? `, ${bad.cancelledQuantity} of them cancelled` : '';
  return {
    kind: 'refused',
    code: 'quantity',
    message: `Line ${bad.lineId} (${bad.sku}) has a quantity of ${bad.quantity}${cancelled}: only whole units are exported`,
    remedy: 'Correct the quantity in the storefront, or book the sale by hand and settle the order',
  };
}

/** Null if captured payments cover the order (R25). */
export function balanceRefusal(facts: {
  order: OrderSnapshot;
  payments: readonly Payment[];
  refunds?: readonly Refund[] | undefined;
}): (PlanRefusal & { kind: 'refused' }) | null {
  const { order, payments, refunds } = facts;
  const balance = balanceOf({ total: order.total, payments, refunds });
  const message = balanceMessage(balance, order.currency);
  if (message === null) return null;
  if (balance.kind === 'overpaid') {
    const remedy = 'Give the excess back or correct the order in the storefront: it goes on once the payments equal it';
    return { kind: 'refused', code: 'overpaid', message, remedy };
  }
  const remedy = 'The order goes on once its captured payments equal its total';
  return { kind: 'refused', code: 'unbalanced', message, remedy };
}

/** Null if goods, fees or shipping are left to export: an order of gift cards only is not exported (R31). */
export function nothingToExport(order: OrderSnapshot, refunded: string): PlanRefusal | null {
  const code = nothingReason(order, refunded);
  return code && { kind: 'not-exported', code, message: notExportedMessages[code] };
}

function nothingReason(order: OrderSnapshot, refunded: string): NotExportedReason | null {
  const wanted = order.lines.filter((line) => wantedUnits(line, 'wanted') > 0);
  if (wanted.length > 0 && wanted.every(({ kind }) => kind === 'gift-card')) return 'gift-card-only';
  if (compareMoney(refunded, '0') > 0 && compareMoney(refunded, order.total) >= 0) return 'refunded';
  const isShipped = compareMoney(order.shipping?.amount ?? '0', '0') > 0;
  return wanted.length === 0 && !isShipped ? 'nothing-left' : null;
}

export function discountRefusal(reason: string): PlanRefusal {
  const remedy = 'Correct the discount in the storefront, or book the sale by hand and settle the order';
  return { kind: 'refused', code: 'discount', message: reason, remedy };
}

export function taxMismatch(reason: string): PlanRefusal {
  const remedy =
    'Accept it as it stands (the tax becomes a line of its own), add the tax category in Lightspeed and retry, or choose another tax policy in the setup';
  return { kind: 'attention', code: 'tax-mismatch', message: reason, remedy };
}

export function paymentTypeMissing(method: string): PlanRefusal {
  const message = `No Lightspeed payment type is chosen for payments by "${method}"`;
  const remedy = 'Choose one for it, or a default, in the order export step of the setup, then retry';
  return { kind: 'attention', code: 'payment-type-missing', message, remedy };
}

/** Both totals and both taxes, for a person to compare. `taxLine` is tax that is a line of its own. */
export function totalMismatch(
  order: Pick<OrderSnapshot, 'taxTotal' | 'currency'>,
  orderTotal: string,
  sale: SaleTotals,
  taxLine: string,
): PlanRefusal {
  const saleTax = addMoney(sale.tax1, sale.tax2, taxLine);
  const difference = subtractMoney(orderTotal, sale.total);
  const figures = { orderTotal, saleTotal: sale.total, orderTax: addMoney(order.taxTotal), saleTax, difference };
  const money = (amount: string) => formatMoney(amount, order.currency);
  const message = `The order comes to ${money(orderTotal)} with ${money(figures.orderTax)} tax, its sale to ${money(sale.total)} with ${money(saleTax)} tax`;
  const remedy = 'Accept it as it stands (the difference becomes a line of its own), or correct the order and retry';
  return { kind: 'attention', code: 'total-mismatch', message, remedy, figures };
}
