import { addMoney, compareMoney } from '../../domain/money.ts';
import type { TillSale } from '../../lightspeed/till.ts';

/** What the till has of an order. */
export type FoundSales =
  | { kind: 'none' }
  | { kind: 'completed'; sale: TillSale }
  | { kind: 'open'; saleId: string }
  | { kind: 'unclear'; code: string; message: string; remedy: string };

const remedy =
  'Look at it in Lightspeed, then resolve the order: as the ticket that is its sale, or as never to be exported';

/**
 * What to make of the sales that bear an order's reference: one completed, unvoided sale with the order's total is the
 * order's; an open one is gone on with; anything else a person must decide, since a second sale can't be taken back.
 */
export function judgeFoundSales(sales: readonly TillSale[], total: string | null): FoundSales {
  const unclear = (code: string, message: string): FoundSales => ({ kind: 'unclear', code, message, remedy });
  const live = sales.filter(({ voided, archived }) => !voided && !archived);
  const completed = live.filter((sale) => sale.completed);
  const [sale] = completed;
  if (completed.length > 1) {
    const tickets = completed.map(({ ticketNumber }) => ticketNumber).join(', ');
    return unclear('several-sales', `The till has ${completed.length} sales of this order: tickets ${tickets}`);
  }
  if (sale) {
    if (total !== null && compareMoney(sale.calcTotal, total) === 0) return { kind: 'completed', sale };
    const wanted = total === null ? '' : ` instead of ${total}`;
    return unclear(
      'sale-differs',
      `Ticket ${sale.ticketNumber} of this order comes to ${addMoney(sale.calcTotal)}${wanted}`,
    );
  }
  const [open, ...others] = live;
  if (others.length > 0) return unclear('several-sales', `The till has ${live.length} open sales of this order`);
  if (open) return { kind: 'open', saleId: open.saleId };
  const [gone] = sales;
  return gone
    ? unclear('sale-voided', `Ticket ${gone.ticketNumber} of this order was voided or deleted`)
    : { kind: 'none' };
}
