import { DateTime } from 'luxon';
import { addMoney, compareMoney, subtractMoney } from '../money.ts';
import type { Payment } from './order-snapshot.ts';

/** `remoteReference` is the payment's own reference, else its id: the till keeps it beside the payment. */
export type SalePlanPayment = { paymentId: string; paymentTypeId: string; amount: string; remoteReference: string };

/** Money of a payment that is not on the sale: it paid for gift cards, or was given back. */
export type KeptOffPayment = { paymentId: string; amount: string };

export type SalePayments =
  | { kind: 'paid'; payments: SalePlanPayment[]; keptOff: KeptOffPayment[] }
  | { kind: 'payment-type-missing'; method: string }
  | { kind: 'short'; by: string };

/**
 * Captured payments in the order of their capture, up to the sale's total exactly; what was captured last and is not
 * needed stays off. A method without a payment type of its own takes the default one; upper and lower case of a method
 * are the same. @throws RangeError if an amount is not money.
 */
export function salePayments(
  payments: readonly Payment[],
  saleTotal: string,
  settings: { paymentTypes: Readonly<Record<string, string>>; defaultPaymentTypeId: string | null },
): SalePayments {
  const typeByMethod = new Map(Object.entries(settings.paymentTypes).map(([method, id]) => [fold(method), id]));
  const onSale: SalePlanPayment[] = [];
  const keptOff: KeptOffPayment[] = [];
  let open = addMoney(saleTotal);
  for (const payment of inOrderOfCapture(payments)) {
    const amount = compareMoney(payment.amount, open) < 0 ? addMoney(payment.amount) : open;
    const rest = subtractMoney(payment.amount, amount);
    if (compareMoney(rest, '0') > 0) keptOff.push({ paymentId: payment.paymentId, amount: rest });
    if (compareMoney(amount, '0') === 0) continue;
    const paymentTypeId = typeByMethod.get(fold(payment.method)) ?? settings.defaultPaymentTypeId;
    if (paymentTypeId === null) return { kind: 'payment-type-missing', method: payment.method };
    const remoteReference = payment.reference ?? payment.paymentId;
    onSale.push({ paymentId: payment.paymentId, paymentTypeId, amount, remoteReference });
    open = subtractMoney(open, amount);
  }
  if (compareMoney(open, '0') !== 0) return { kind: 'short', by: open };
  return { kind: 'paid', payments: onSale, keptOff };
}

/** Captured payments above zero, first captured first, so that the same facts always give the same sale. */
export function inOrderOfCapture(payments: readonly Payment[]): Payment[] {
  return payments
    .filter(({ state, amount }) => state === 'captured' && compareMoney(amount, '0') > 0)
    .map((payment) => ({ payment, at: DateTime.fromISO(payment.capturedAt, { zone: 'utc' }).toMillis() }))
    .toSorted((one, other) => one.at - other.at || (one.payment.paymentId < other.payment.paymentId ? -1 : 1))
    .map(({ payment }) => payment);
}

function fold(method: string): string {
  return method.trim().toLowerCase();
}
