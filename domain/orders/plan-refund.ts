import { addMoney, compareMoney, subtractMoney } from '../money.ts';
import type { Refund } from './order-snapshot.ts';
import type { SaleTax } from './predict-sale.ts';
import { predictSale } from './predict-sale.ts';
import type { SalePlanLine } from './sale-lines.ts';
import { ownLine } from './sale-lines.ts';
import type { SalePlanPayment } from './sale-payments.ts';
import type { SoldItems } from './take-by-item.ts';
import { takeByItem } from './take-by-item.ts';

/** A line of the first sale as the till has it. */
export type SoldLine = {
  saleLineId: string;
  itemId: string | null;
  quantity: string;
  unitPrice: string;
  tax: boolean;
  taxClassId: string | null;
};

/** A line of the refund sale: a negative quantity, and the line of the first sale that it takes back, if there is one. */
export type RefundLine = SalePlanLine & { parentSaleLineId: string | null };

export type RefundPlan = {
  kind: 'plan';
  lines: RefundLine[];
  /** Negative; to the payment types of the first sale, its last payment first. */
  payments: SalePlanPayment[];
  /** Negative. */
  total: string;
  /** Units that are not linked to the line they were sold on, and why; each goes on a sentence. */
  notes: string[];
};

export type RefundRefusal = { kind: 'attention'; code: string; message: string; remedy: string };

/**
 * Plans the sale that takes back part of another, for exactly the money that was given back: the units at the price they
 * were sold at, by the lines they were sold on; what is left, up or down, is an untaxed line of its own.
 *
 * Units carry their discount in the price, as the till's documentation doesn't say how it reads a discount amount of a
 * negative quantity.
 * @param input.earlier refunds of the same sale that came before: their units are taken from the lines first.
 * @param input.saleLines as they were sent; empty for a sale that is not ours. What isn't found among them is looked for
 * by its item.
 */
export function planRefund(input: {
  refund: Pick<Refund, 'refundId' | 'amount' | 'shippingAmount' | 'lines'>;
  earlier: readonly Pick<Refund, 'lines'>[];
  saleLines: readonly SalePlanLine[];
  items: SoldItems;
  soldLines: readonly SoldLine[];
  soldPayments: readonly { paymentTypeId: string; amount: string }[];
  tax: SaleTax | null;
}): RefundPlan | RefundRefusal {
  const { refund, saleLines, soldLines, tax } = input;
  const parents = parentsOf(saleLines, soldLines);
  const earlier = input.earlier.flatMap(({ lines = [] }) => lines);
  const notes: string[] = [];
  const units = (refund.lines ?? []).flatMap((wanted, index, all): RefundLine[] => {
    const before = [...earlier, ...all.slice(0, index)];
    const sent = saleLines.filter(({ orderLineId }) => orderLineId === wanted.lineId);
    if (sent.length > 0 && sent.every((line) => parents.has(line))) {
      const gone = before.filter(({ lineId }) => lineId === wanted.lineId);
      const skipped = gone.reduce((sum, { quantity }) => sum + quantity, 0);
      return takeUnits(sent, skipped, wanted.quantity).map((taken) => takenBack(taken, parents));
    }
    const { line, note } = takeByItem(wanted, input.items, soldLines, before);
    if (note !== null) notes.push(note);
    return line ? [line] : [];
  });
  const shipping = shippingBack(saleLines, refund.shippingAmount ?? '0').map((taken) => takenBack(taken, parents));
  const back = [...units, ...shipping];
  const total = subtractMoney('0', refund.amount);
  const rest = subtractMoney(total, predictSale(back, tax).total);
  const hasTaxLine = saleLines.some(({ kind }) => kind === 'tax');
  const note = back.length === 0 ? 'Refund' : hasTaxLine ? 'Refund: tax and adjustment' : 'Refund: adjustment';
  const own = compareMoney(rest, '0') === 0 ? [] : [{ ...ownLine('refund', note, rest), parentSaleLineId: null }];

  const payments = paymentsBack(refund, input.soldPayments);
  if (payments === null) {
    const paid = addMoney(...input.soldPayments.map(({ amount }) => amount));
    return {
      kind: 'attention',
      code: 'too-large',
      message: `Refund ${refund.refundId} of ${addMoney(refund.amount)} is more than the ${paid} that its sale was paid with`,
      remedy: 'Book the refund in the till by hand',
    };
  }
  return { kind: 'plan', lines: [...back, ...own], payments, total, notes };
}

type Taken = { line: SalePlanLine; quantity: number; unitPrice: string };

function takenBack({ line, quantity, unitPrice }: Taken, parents: ReadonlyMap<SalePlanLine, SoldLine>): RefundLine {
  const parentSaleLineId = parents.get(line)?.saleLineId ?? null;
  return { ...line, quantity: -quantity, unitPrice, discount: '0.00', parentSaleLineId };
}

/** The till's line of each of ours: of the same item, quantity and price, first come first served. */
function parentsOf(saleLines: readonly SalePlanLine[], soldLines: readonly SoldLine[]): Map<SalePlanLine, SoldLine> {
  const free = [...soldLines];
  const parents = new Map<SalePlanLine, SoldLine>();
  for (const line of saleLines) {
    const index = free.findIndex(
      (sold) =>
        sold.itemId === line.itemId &&
        Number(sold.quantity) === line.quantity &&
        compareMoney(sold.unitPrice, line.unitPrice) === 0,
    );
    const [sold] = index === -1 ? [] : free.splice(index, 1);
    if (sold) parents.set(line, sold);
  }
  return parents;
}

/** So many units of an order's line from the lines it was sold on, after those that went before. */
function takeUnits(lines: readonly SalePlanLine[], skipped: number, wanted: number): Taken[] {
  const taken: Taken[] = [];
  let skip = skipped;
  let left = wanted;
  for (const line of lines) {
    const passed = Math.min(skip, line.quantity);
    skip -= passed;
    const quantity = Math.min(left, line.quantity - passed);
    if (quantity === 0) continue;
    left -= quantity;
    taken.push({ line, quantity, unitPrice: subtractMoney(line.unitPrice, line.discount) });
  }
  return taken;
}

function shippingBack(saleLines: readonly SalePlanLine[], amount: string): Taken[] {
  const line = saleLines.find(({ kind }) => kind === 'shipping');
  return line && compareMoney(amount, '0') > 0 ? [{ line, quantity: 1, unitPrice: addMoney(amount) }] : [];
}

/** Null if the sale was paid with less. */
function paymentsBack(
  { refundId, amount }: Pick<Refund, 'refundId' | 'amount'>,
  sold: readonly { paymentTypeId: string; amount: string }[],
): SalePlanPayment[] | null {
  let left = addMoney(amount);
  const payments: SalePlanPayment[] = [];
  for (const payment of sold.toReversed()) {
    if (compareMoney(left, '0') === 0) break;
    if (compareMoney(payment.amount, '0') <= 0) continue;
    const part = compareMoney(payment.amount, left) < 0 ? addMoney(payment.amount) : left;
    left = subtractMoney(left, part);
    const remoteReference = payments.length === 0 ? refundId : `${refundId}-${payments.length + 1}`;
    const { paymentTypeId } = payment;
    payments.push({ paymentId: refundId, paymentTypeId, amount: subtractMoney('0', part), remoteReference });
  }
  return compareMoney(left, '0') === 0 ? payments : null;
}
