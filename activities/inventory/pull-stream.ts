import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { RunClaim } from '../../db/inventory/claim-run.ts';
import { claimRun } from '../../db/inventory/claim-run.ts';
import type { PullStream } from '../../db/inventory/commit-page.ts';
import { commitPage } from '../../db/inventory/commit-page.ts';
import type { PullCursor } from '../../db/inventory/open-cursor.ts';
import { openCursor } from '../../db/inventory/open-cursor.ts';
import type { PosItemRow } from '../../db/inventory/write-items.ts';
import type { PosStockRow } from '../../db/inventory/write-stock.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { PageOptions, Till, TillPage } from '../../lightspeed/till.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';

export interface OfRun {
  tenant: string;
  runId: string;
}

/** How one stream is read, and what of a page is kept. */
export interface StreamReading<Row> {
  stream: PullStream;
  pages: (till: Till, cursor: PullCursor, options: PageOptions) => AsyncIterable<TillPage<Row>>;
  rows: (page: Row[]) => { items: PosItemRow[]; stock: PosStockRow[] };
}

/** What can't be read once may be a hiccup; what can't be read so often ends the run, and a person sees why. */
const unreadableAttempts = 3;

/**
 * Claims the run, goes on where its last committed page ended, and commits page after page with its cursor. Another
 * worker's claim or a replaced connection ends it at the next page, with nothing written.
 * @param prepare runs before the first page, again if it or that page failed.
 * @throws ApplicationFailure `run-over`: the run has ended, or its connection is no longer the working one.
 */
export async function pullStream<Row>(
  { db, openTill }: Pick<InventorySyncDeps, 'db' | 'openTill'>,
  { tenant, runId }: OfRun,
  reading: StreamReading<Row>,
  prepare: (till: Till, claim: RunClaim) => Promise<void> = async () => {},
): Promise<void> {
  const claim = await claimRun(db, tenant, runId);
  if (!claim) throw runOver();
  const { cancellationSignal, info } = Context.current();
  const till = await openTill(tenant, 'bulk');
  const cursor = await openCursor(db, claim, reading.stream);
  if (!cursor) throw runOver();
  if (cursor.pages > 0 && cursor.next === null) return; // the last page was committed before the worker died
  try {
    if (cursor.pages === 0) await prepare(till, claim);
    for await (const page of reading.pages(till, cursor, { signal: cancellationSignal })) {
      const { next, calls, costDrips, waitedMs } = page;
      const pulled = { ...reading.rows(page.rows), next, calls, costDrips, waitedMs };
      if (!(await commitPage(db, claim, reading.stream, pulled))) throw runOver();
    }
  } catch (error) {
    if (LightspeedError.is(error, 'malformed') && info.attempt >= unreadableAttempts)
      throw ApplicationFailure.nonRetryable(error.message, error.kind);
    throw error;
  }
}

export function runOver(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('The run is over, or its connection was replaced', 'run-over');
}
