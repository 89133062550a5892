import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';
import type { RunClaim } from './claim-run.ts';
import type { PosItemRow } from './write-items.ts';
import { writeItems } from './write-items.ts';
import { noteManufacturers } from './write-manufacturers.ts';
import type { PosStockRow } from './write-stock.ts';
import { writeStock } from './write-stock.ts';

export type PullStream = 'items' | 'stock' | 'full';

/** What one or several pages, one after the other, have brought. */
export interface PulledPage {
  pages: number;
  items: PosItemRow[];
  stock: PosStockRow[];
  /** The till's cursor for the page after; null behind the last. */
  next: string | null;
  calls: number;
  costDrips: string;
  waitedMs: number;
}

/**
 * Commits a page's rows, the cursor behind them and the run's counters in one transaction: a killed worker's successor
 * goes on from the last page. Polls are read oldest first, so each page also moves the stream's watermark. All statements
 * are sent at once; they run in this order.
 * @returns false, and nothing is written, if the claim is no longer held or the connection no longer active.
 */
export async function commitPage(
  db: Database,
  claim: RunClaim,
  stream: PullStream,
  page: PulledPage,
): Promise<boolean> {
  const isLost = new Error('the claim is lost');
  const written = db.transaction(async (tx) => {
    const [isHeld] = await Promise.all([
      countPage(tx, claim, stream, page),
      writeItems(tx, claim.tenant, page.items),
      writeStock(tx, claim.tenant, page.stock),
      // A full pull reads all manufacturers.
      ...(stream === 'full' ? [] : [noteManufacturers(tx, claim.tenant, page.items)]),
    ]);
    if (!isHeld) throw isLost;
    return true;
  });
  return written.catch((error: unknown) => {
    if (error === isLost) return false;
    throw error;
  });
}

/**
 * Counts the page and moves the cursor behind it. First, as it locks the run's row: whoever claims the run waits for this
 * page, and later pages of ours are refused. The statements after it are planned once: a page is written in the same way
 * whatever it holds, and planning them anew takes longer than some of them run.
 */
async function countPage(tx: Transaction, claim: RunClaim, stream: PullStream, page: PulledPage): Promise<boolean> {
  const newest = stream === 'full' ? null : newestOf([...page.items, ...page.stock]);
  const held = await tx.execute(sql`
    with held as (
      update sync_runs r set
        pages = pages + ${page.pages}, items_seen = items_seen + ${page.items.length},
        stock_rows_seen = stock_rows_seen + ${page.stock.length}, calls = calls + ${page.calls},
        drips = drips + ${page.costDrips}::numeric, waited_ms = waited_ms + ${Math.round(page.waitedMs)}
      from connections c
      where r.id = ${claim.runId} and r.tenant = ${claim.tenant} and r.fence = ${claim.fence} and r.state = 'running'
        and c.id = ${claim.connectionId} and c.tenant = r.tenant and c.state = 'active'
      returning r.id
    ), moved as (
      update pull_cursors set next = ${page.next}, pages = pages + ${page.pages},
        watermark = greatest(watermark, ${newest}::timestamptz), updated_at = now()
      where tenant = ${claim.tenant} and stream = ${stream} and run_id = (select id from held)
    )
    select set_config('plan_cache_mode', 'force_generic_plan', true) from held`);
  return held.length === 1;
}

function newestOf(rows: { timeStamp: Date }[]): string | null {
  const newest = rows.reduce((latest, { timeStamp }) => Math.max(latest, timeStamp.getTime()), -Infinity);
  return newest === -Infinity ? null : new Date(newest).toISOString();
}
