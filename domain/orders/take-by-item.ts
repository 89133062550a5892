import { addMoney } from '../money.ts';
import type { Refund } from './order-snapshot.ts';
import type { RefundLine, SoldLine } from './plan-refund.ts';

/** What each line of an order sells, by `lineId`, and at which price. */
export type SoldItems = Readonly<Record<string, { itemId: string; unitPrice: string }>>;

/**
 * Takes units of an order's line back from a sale of which it isn't known on which line they were sold: one that was
 * made by hand, or by an earlier installation. The line that alone sells the item is the one. Where several do, or it
 * has too few left, the units come back to stock without a link; where none does, no units come back. `note` says so.
 * A discount of the sale's line isn't known here: whoever plans the refund makes the money come out.
 *
 * @param before units given back already.
 */
export function takeByItem(
  wanted: { lineId: string; quantity: number },
  items: SoldItems,
  soldLines: readonly SoldLine[],
  before: NonNullable<Refund['lines']>,
): { line: RefundLine | null; note: string | null } {
  const { lineId, quantity } = wanted;
  const item = itemOf(items, lineId);
  const sold = item
    ? soldLines.filter(({ itemId, ...each }) => itemId === item.itemId && Number(each.quantity) > 0)
    : [];
  const [first, ...others] = sold;
  if (!item || !first) {
    const note = `no line of the sale sells what line ${lineId} of the order does: the money alone is given back. Put its ${quantity} back in stock by hand if they came back`;
    return { line: null, note };
  }
  const gone = before.filter((each) => itemOf(items, each.lineId)?.itemId === item.itemId);
  const left = gone.reduce((units, each) => units - each.quantity, Number(first.quantity));
  const isLinked = others.length === 0 && quantity <= left;
  const why =
    others.length > 0 ? `${sold.length} lines of the sale sell its item` : `the sale has ${left} of its item left`;
  const line: RefundLine = {
    kind: 'item',
    orderLineId: lineId,
    itemId: item.itemId,
    note: null,
    quantity: -quantity,
    unitPrice: addMoney(isLinked ? first.unitPrice : item.unitPrice),
    discount: '0.00',
    taxable: sold.every(({ tax }) => tax),
    taxClassId: first.taxClassId,
    parentSaleLineId: isLinked ? first.saleLineId : null,
  };
  return {
    line,
    note: isLinked ? null : `line ${lineId} of the order is not linked to a line of the sale: ${why}`,
  };
}

/** `constructor` and its like are possible ids of lines too. */
function itemOf(items: SoldItems, lineId: string) {
  return Object.hasOwn(items, lineId) ? items[lineId] : undefined;
}
