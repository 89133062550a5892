import type { Claim } from '../../db/orders/claim-export.ts';
import { compareMoney } from '../../domain/money.ts';
import type { Till, TillSale } from '../../lightspeed/till.ts';
import { newPayments } from './new-sale.ts';
import type { Sending } from './sending.ts';
import { SaleDiffers } from './sending.ts';

/**
 * Completes an open sale of the order, read anew unless it is the answer just given: its total must be the planned one,
 * and payments go along only while it has none, since the till appends what is sent twice.
 * @throws SaleDiffers when a person must decide; LightspeedError.
 */
export async function completeOpenSale(
  till: Till,
  { plan }: Claim,
  open: TillSale | string,
  { options }: Sending,
): Promise<TillSale> {
  const sale = typeof open === 'string' ? await till.sale(open) : open;
  if (!sale || sale.voided || sale.archived) throw new SaleDiffers('The open sale of this order is gone from the till');
  if (sale.completed) return sale;
  const { total } = plan.totals;
  if (compareMoney(sale.calcTotal, total) !== 0) {
    throw new SaleDiffers(`The open sale ${sale.ticketNumber} comes to ${sale.calcTotal} instead of ${total}`);
  }
  const isPaid = compareMoney(sale.calcPayments, total) === 0;
  if (!isPaid && compareMoney(sale.calcPayments, '0') !== 0) {
    throw new SaleDiffers(`The open sale ${sale.ticketNumber} holds ${sale.calcPayments} of ${total} already`);
  }
  return till.completeSale(sale.saleId, isPaid ? [] : newPayments(plan), options);
}
