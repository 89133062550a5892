import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { Big } from 'big.js';
import type { RunClaim } from '../../db/inventory/claim-run.ts';
import { claimRun } from '../../db/inventory/claim-run.ts';
import type { PulledPage, PullStream } from '../../db/inventory/commit-page.ts';
import { commitPage } from '../../db/inventory/commit-page.ts';
import type { PullCursor } from '../../db/inventory/open-cursor.ts';
import { openCursor } from '../../db/inventory/open-cursor.ts';
import type { PosItemRow } from '../../db/inventory/write-items.ts';
import type { PosStockRow } from '../../db/inventory/write-stock.ts';
import type { PageOptions, Till, TillPage } from '../../lightspeed/till.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';
import { readAhead } from './read-ahead.ts';

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

/**
 * Pages that may have come while earlier ones are written; a crash costs their calls once more. Under the rate limit a
 * page takes far longer to come than one waits for others, and each is committed by itself.
 */
const ahead = { most: 8, enough: 4, lingerMs: 50 };

/**
 * Claims the run, goes on where its last committed page ended, and commits page after page with its cursor while the next ones come. Another
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
  const { cancellationSignal } = Context.current();
  const till = await openTill(tenant, 'bulk');
  const cursor = await openCursor(db, claim, reading.stream);
  if (!cursor) throw runOver();
  if (cursor.pages > 0 && cursor.next === null) return; // the last page was committed before the worker died
  if (cursor.pages === 0) await prepare(till, claim);
  for await (const pages of readAhead(reading.pages(till, cursor, { signal: cancellationSignal }), ahead)) {
    if (!(await commitPage(db, claim, reading.stream, joined(pages, reading)))) throw runOver();
  }
}

function joined<Row>(pages: TillPage<Row>[], reading: StreamReading<Row>): PulledPage {
  return {
    pages: pages.length,
    ...reading.rows(pages.flatMap(({ rows }) => rows)),
    next: pages.at(-1)!.next,
    calls: pages.reduce((sum, { calls }) => sum + calls, 0),
    costDrips: pages.reduce((sum, { costDrips }) => sum.plus(costDrips), Big(0)).toString(),
    waitedMs: pages.reduce((sum, { waitedMs }) => sum + waitedMs, 0),
  };
}

export function runOver(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('The run is over, or its connection was replaced', 'run-over');
}
