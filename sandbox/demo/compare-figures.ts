import type { DemoOrder } from './demo-orders.ts';
import { expectedFigures, stockChanges } from './expected-figures.ts';
import { tenant } from './open-shop.ts';
import type { BookedSale } from './till-books.ts';
import type { SyncFigures } from './watch-syncs.ts';
import type { DemoCatalogue } from './web-catalogue.ts';

/** The last line of `--json`. */
export interface DemoFigures {
  itemsPulled: number;
  mapped: number;
  pending: number;
  displayed: number;
  ordersExported: number;
  ordersWaiting: number;
  sales: number;
  duplicateSales: number;
  lostOrders: number;
  elapsedMs: number;
}

/** Holds what came out against what the scenario must give, figure by figure; the sales are the till's own count. */
export function compareFigures(input: {
  catalogue: DemoCatalogue;
  orders: readonly DemoOrder[];
  figures: SyncFigures & { orders: readonly { orderId: string; state: string; message: string }[] };
  books: readonly BookedSale[];
  elapsedMs: number;
}): { figures: DemoFigures; isAsExpected: boolean; table: string[][]; waiting: string[] } {
  const { catalogue, orders, figures, books, elapsedMs } = input;
  const expected = expectedFigures(catalogue);
  const { soldOut, cameIn } = stockChanges(catalogue);
  const ours = books.filter((sale) => sale.referenceNumberSource === `tillbridge:${tenant}`);
  const references = new Set(ours.map((sale) => sale.referenceNumber));
  const mustExport = orders.filter((order) => order.ends.state === 'exported');
  const inState = (state: string) => figures.orders.filter((order) => order.state === state).length;
  const { mapped = 0, manual = 0, pending = 0 } = figures.byState;
  const withoutPrice = figures.byState['missing-price'] ?? 0;
  const given: DemoFigures = {
    itemsPulled: figures.itemsPulled,
    mapped: mapped + manual + withoutPrice,
    pending,
    displayed: figures.displayed,
    ordersExported: inState('exported'),
    ordersWaiting: inState('waiting'),
    sales: ours.length,
    duplicateSales: ours.length - references.size,
    lostOrders: mustExport.filter((order) => !references.has(order.orderId)).length,
    elapsedMs,
  };
  const must: Omit<DemoFigures, 'elapsedMs'> = {
    itemsPulled: expected.itemsPulled,
    mapped: expected.byIntent.mapped + expected.accepted,
    pending: expected.byIntent.pending - expected.accepted - expected.rejected,
    displayed: expected.displayed - soldOut.length + cameIn.length,
    ordersExported: mustExport.length,
    ordersWaiting: orders.filter((order) => order.ends.state === 'waiting').length,
    sales: mustExport.length,
    duplicateSales: 0,
    lostOrders: 0,
  };
  const names = Object.keys(must) as (keyof typeof must)[];
  const titles: Record<keyof typeof must, string> = {
    itemsPulled: 'items pulled from the till',
    mapped: `mapped (${withoutPrice} of them without a price)`,
    pending: 'pending, for a person to decide',
    displayed: 'displayed in the web shop',
    ordersExported: 'orders exported',
    ordersWaiting: 'orders waiting',
    sales: 'sales in the till',
    duplicateSales: 'duplicate sales',
    lostOrders: 'lost orders',
  };
  return {
    figures: given,
    isAsExpected: names.every((name) => given[name] === must[name]),
    table: [
      ['figure', 'is', 'must be', ''],
      ...names.map((name) => [
        titles[name],
        String(given[name]),
        String(must[name]),
        given[name] === must[name] ? 'ok' : 'WRONG',
      ]),
    ],
    waiting: figures.orders
      .filter((order) => order.state === 'waiting')
      .map((order) => `Order ${order.orderId} waits: ${order.message}`),
  };
}
