import type { InventorySyncDeps } from './inventory-sync.ts';
import { sinceOf } from './poll-items.ts';
import type { OfRun } from './pull-stream.ts';
import { pullStream } from './pull-stream.ts';

/** Reads the stock rows changed since the last poll: an item's own timestamp does not move with its stock. */
export async function pollStock(deps: Pick<InventorySyncDeps, 'db' | 'openTill'>, run: OfRun): Promise<void> {
  await pullStream(deps, run, {
    stream: 'stock',
    pages: (till, cursor, options) => till.changedStockPages(sinceOf(cursor), cursor.next, options),
    rows: (rows) => ({ items: [], stock: rows }),
  });
}
