import { Big } from 'big.js';
import { addMoney, compareMoney, subtractMoney } from '../money.ts';
import type { ActiveOrderExportSettings } from '../setup/settings.ts';
import type { TaxCategory, TaxChoice } from './choose-tax.ts';
import type { OrderSnapshot, Payment, Refund } from './order-snapshot.ts';
import { planNotes } from './plan-notes.ts';
import type { PlanRefusal } from './plan-refusal.ts';
import {
  balanceRefusal,
  discountRefusal,
  nothingToExport,
  paymentTypeMissing,
  quantityRefusal,
  taxMismatch,
  totalMismatch,
} from './plan-refusal.ts';
import type { SaleTotals } from './predict-sale.ts';
import { predictSale } from './predict-sale.ts';
import type { SaleCustomer, SaleShipTo } from './sale-customer.ts';
import { saleCustomer, saleShipTo } from './sale-customer.ts';
import type { LineMapping, SalePlanLine } from './sale-lines.ts';
import { giftCardTotal, ownLine, saleLines, shippingLine } from './sale-lines.ts';
import type { KeptOffPayment, SalePlanPayment } from './sale-payments.ts';
import { inOrderOfCapture, salePayments } from './sale-payments.ts';
import { registerOfSale } from './sale-register.ts';
import type { Reading } from './sale-tax.ts';
import { pricesIncludeTax, saleTax } from './sale-tax.ts';

/** The tenant's order export settings, and how far a sale may be from its order. */
export type SaleSettings = Pick<
  ActiveOrderExportSettings,
  'employeeId' | 'registerId' | 'shopId' | 'paymentTypes' | 'taxPolicy' | 'saleDate' | 'shippingItemId' | 'taxItemId'
> & {
  /** By location, where it is not the default register: the sale leaves the stock of the right shop (R32). */
  registerByLocation?: ActiveOrderExportSettings['registerByLocation'] | undefined;
  defaultPaymentTypeId: string | null;
  /** The largest difference that a rounding line may cover. */
  tolerance: string;
  /** The difference of this very amount (order less sale) that a person has accepted: a line of its own covers it. */
  acceptedDifference?: string | null | undefined;
  /** The tax for which a person has said that no category need give it. */
  acceptedTax?: string | null | undefined;
};

export type TillFacts = {
  taxCategories: readonly TaxCategory[];
  /** The shop's own. */
  defaultTaxCategoryId: string | null;
  isTaxInclusive: boolean;
  /** The till may add fees of its own to what is sold, so that no total of a sale with items can be predicted. */
  hasItemFees?: boolean | undefined;
};

export type PlanSaleInput = {
  order: OrderSnapshot;
  payments: readonly Payment[];
  refunds?: readonly Refund[] | undefined;
  /** By `lineId`; a line without one becomes a misc line. */
  mappings: Readonly<Record<string, LineMapping>>;
  settings: SaleSettings;
  account: TillFacts;
};

/** The whole sale as plain data: what is sent, what stays off, and what the till should make of it. */
export type SalePlan = {
  kind: 'plan';
  /** `open-then-complete`: the total can't be predicted, so it is read from the open sale before payments are sent. */
  mode: 'one-post' | 'open-then-complete';
  referenceNumber: string;
  currency: string;
  employeeId: string;
  registerId: string;
  shopId: string;
  enablePromotions: false;
  /** Null if `createTaxCategory` is to be made first. */
  taxCategoryId: string | null;
  createTaxCategory: { name: string; rate: string } | null;
  taxChoice: Exclude<TaxChoice, { kind: 'attention' }>;
  /** Null: the moment of the export. */
  completeTime: string | null;
  customer: SaleCustomer | null;
  shipTo: SaleShipTo | null;
  lines: SalePlanLine[];
  payments: SalePlanPayment[];
  /** The sum of the gift cards left out (R31) and the money that is not on the sale. */
  keptOff: { giftCards: string; refunded: string; payments: KeptOffPayment[] };
  /** As the till will reckon them. */
  totals: SaleTotals;
  /** What a person should know about the plan, one sentence each. */
  notes: string[];
};

/**
 * Plans the completed sale of a balanced order (R23, R25), to the cent: the same facts always give the same plan.
 * Gift cards and the money that paid for them stay off; a difference up to the tolerance becomes an untaxed rounding
 * line; anything else that does not add up comes back as what a person must decide.
 *
 * @throws RangeError if an amount is not money. @see lightspeed-r-series.md, "Sale"
 */
export function planSale(input: PlanSaleInput): SalePlan | PlanRefusal {
  const { order, settings, account, mappings } = input;
  const refunded = addMoney(...(input.refunds ?? []).map(({ amount }) => amount));
  const refusal = quantityRefusal(order) ?? balanceRefusal(input) ?? nothingToExport(order, refunded);
  if (refusal) return refusal;

  const giftCards = giftCardTotal(order);
  let readings: [Reading, ...Reading[]];
  try {
    readings = readingsOf(order, mappings, settings.shippingItemId);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return discountRefusal(error.message);
  }
  const taxed = saleTax({
    ...account,
    taxTotal: order.taxTotal,
    readings,
    pricesIncludeTax: pricesIncludeTax(order, readings, giftCards, settings.tolerance),
    policy: isTaxAccepted(order, settings) ? 'accepted' : settings.taxPolicy,
    taxItemId: settings.taxItemId,
  });
  if (taxed.kind === 'attention') return taxMismatch(taxed.reason);

  const goods = readings.find(({ isShippingTaxable }) => isShippingTaxable === taxed.isShippingTaxable)!.lines;
  const lines = taxed.tax ? goods : goods.map((line) => ({ ...line, taxable: false }));
  const withTax = taxed.taxLine ? [...lines, taxed.taxLine] : lines;
  const expected = subtractMoney(order.total, addMoney(giftCards, refunded));
  const moneyOnly = (input.refunds ?? []).filter(({ lines = [] }) => lines.length === 0);
  const unshown = [addMoney(...moneyOnly.map(({ amount }) => amount)), refunded];
  const settled = settle(withTax, predictSale(withTax, taxed.tax).total, expected, unshown, settings);
  const totals = predictSale(settled ?? withTax, taxed.tax);
  if (!settled) return totalMismatch(order, expected, totals, taxed.taxLine?.unitPrice ?? '0');

  const paid = salePayments(input.payments, expected, settings);
  if (paid.kind === 'payment-type-missing') return paymentTypeMissing(paid.method);
  if (paid.kind === 'short') throw new RangeError(`Payments of a balanced order fall short by ${paid.by}`);

  const isPredictable =
    !account.isTaxInclusive && !taxed.tax?.isTaxInclusive && !(account.hasItemFees && sellsItems(lines));
  const customer = saleCustomer(order);
  const shipTo = customer && saleShipTo(order);
  return {
    kind: 'plan',
    mode: isPredictable ? 'one-post' : 'open-then-complete',
    referenceNumber: order.orderId,
    currency: order.currency,
    employeeId: settings.employeeId,
    ...registerOfSale(order, settings),
    enablePromotions: false,
    taxCategoryId: taxed.taxCategoryId,
    createTaxCategory: taxed.createTaxCategory,
    taxChoice: taxed.choice,
    completeTime:
      settings.saleDate === 'payment' ? (inOrderOfCapture(input.payments).at(-1)?.capturedAt ?? null) : null,
    customer,
    shipTo,
    lines: settled,
    payments: paid.payments,
    keptOff: { giftCards, refunded, payments: paid.keptOff },
    totals,
    notes: planNotes({ order, lines: settled, giftCards, customer }),
  };
}

/**
 * The readings in order of likelihood. The units wanted come first; those ordered are tried for the tax alone, if
 * units were cancelled that the order's tax may still hold.
 */
function readingsOf(
  order: OrderSnapshot,
  mappings: PlanSaleInput['mappings'],
  shippingItemId: string | null,
): [Reading, ...Reading[]] {
  const shipping = order.shipping;
  const known = shipping?.taxable ?? (shipping?.tax === undefined ? undefined : compareMoney(shipping.tax, '0') !== 0);
  const reading = (units: 'wanted' | 'ordered', isShippingTaxable: boolean): Reading => {
    const shippingOrNone = shippingLine(order, shippingItemId, isShippingTaxable);
    const lines = [...saleLines(order, mappings, units), ...(shippingOrNone ? [shippingOrNone] : [])];
    return { lines, isShippingTaxable };
  };
  const first = known ?? false;
  const readings: [Reading, ...Reading[]] = [reading('wanted', first)];
  const isOpen = known === undefined && shipping !== undefined;
  if (isOpen) readings.push(reading('wanted', true));
  if (order.lines.some(({ cancelledQuantity }) => cancelledQuantity)) {
    readings.push(reading('ordered', first));
    if (isOpen) readings.push(reading('ordered', true));
  }
  return readings;
}

/**
 * The lines with what makes them add up to the expected total; null if that is more than may be made up.
 * @param unshown money given back that the lines may not show yet: what named no units, or all of it.
 */
function settle(
  lines: SalePlanLine[],
  total: string,
  expected: string,
  unshown: readonly string[],
  settings: Pick<SaleSettings, 'tolerance' | 'acceptedDifference'>,
): SalePlanLine[] | null {
  if (compareMoney(expected, '0') < 0) return null;
  const isTolerable = (amount: string) => new Big(amount).abs().lte(settings.tolerance);
  const short = subtractMoney(expected, total);
  const open = isTolerable(short) ? undefined : unshown.find((amount) => isTolerable(addMoney(short, amount)));
  const refund = open === undefined ? [] : [ownLine('refund', 'Refunded before the export', subtractMoney('0', open))];
  const rest = open === undefined ? short : addMoney(short, open);
  const isAccepted = settings.acceptedDifference != null && compareMoney(rest, settings.acceptedDifference) === 0;
  if (!isTolerable(rest) && !isAccepted) return null;
  const note = isTolerable(rest) ? 'Rounding' : 'Difference accepted by hand';
  const rounding = compareMoney(rest, '0') === 0 ? [] : [ownLine('rounding', note, rest)];
  return [...lines, ...refund, ...rounding];
}

function sellsItems(lines: readonly SalePlanLine[]): boolean {
  return lines.some(({ itemId }) => itemId !== null);
}

function isTaxAccepted({ taxTotal }: OrderSnapshot, { acceptedTax }: SaleSettings): boolean {
  return acceptedTax != null && compareMoney(acceptedTax, taxTotal) === 0;
}
