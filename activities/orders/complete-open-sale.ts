import { Big } from 'big.js';
import type { Claim } from '../../db/orders/claim-export.ts';
import { addMoney, compareMoney, formatMoney, subtractMoney } from '../../domain/money.ts';
import type { SalePlan } from '../../domain/orders/plan-sale.ts';
import { ownLine } from '../../domain/orders/sale-lines.ts';
import { defaultTolerance } from '../../domain/setup/default-settings.ts';
import type { Till, TillSale } from '../../lightspeed/till.ts';
import { newLine, newPayments } from './new-sale.ts';
import type { Sending } from './sending.ts';
import { SaleDiffers } from './sending.ts';

/** What an open sale is held against. */
export type OpenPlan = Pick<Claim, 'acceptedTillDifference'> & {
  plan: Pick<SalePlan, 'totals' | 'payments' | 'lines' | 'currency'>;
};

/**
 * Completes an open sale of the order, read anew unless it is the answer just given. Its total must be the planned one,
 * but for a rounding line up to the tolerance, or of the very difference that a person has accepted; payments go along
 * only while it has none, since the till appends what is sent twice.
 * @throws SaleDiffers when a person must decide; LightspeedError.
 */
export async function completeOpenSale(
  till: Till,
  claim: OpenPlan,
  open: TillSale | string,
  { options }: Sending,
): Promise<TillSale> {
  const { plan } = claim;
  const sale = typeof open === 'string' ? await till.sale(open) : open;
  if (!sale || sale.voided || sale.archived) throw new SaleDiffers('The open sale of this order is gone from the till');
  if (sale.completed) return sale;
  const lines = linesToAdd(claim, sale);
  const { total } = plan.totals;
  const isPaid = compareMoney(sale.calcPayments, total) === 0;
  if (!isPaid && compareMoney(sale.calcPayments, '0') !== 0) {
    throw new SaleDiffers(`The open sale ${sale.ticketNumber} holds ${sale.calcPayments} of ${total} already`);
  }
  return till.completeSale(sale.saleId, isPaid ? [] : newPayments(plan), options, lines);
}

function linesToAdd({ plan, acceptedTillDifference }: OpenPlan, sale: TillSale) {
  const difference = subtractMoney(plan.totals.total, sale.calcTotal);
  if (compareMoney(difference, '0') === 0) return [];
  const isTolerable = new Big(difference).abs().lte(defaultTolerance);
  const isAccepted = acceptedTillDifference !== null && compareMoney(acceptedTillDifference, difference) === 0;
  if (isTolerable || isAccepted) {
    return [newLine(ownLine('rounding', isTolerable ? 'Rounding' : 'Difference accepted by hand', difference))];
  }
  const money = (amount: string) => formatMoney(amount, plan.currency);
  const taxLines = plan.lines.filter(({ kind }) => kind === 'tax').map(({ unitPrice }) => unitPrice);
  const planned = addMoney(plan.totals.tax1, plan.totals.tax2, ...taxLines);
  const inTill = addMoney(sale.calcTax1, sale.calcTax2, ...taxLines);
  throw new SaleDiffers(
    `The order comes to ${money(plan.totals.total)} with ${money(planned)} tax, its open sale ${sale.ticketNumber} in the till to ${money(sale.calcTotal)} with ${money(inTill)} tax`,
    difference,
  );
}
