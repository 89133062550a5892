import { ApplicationFailure } from '@temporalio/common';
import type { PullCursor } from '../../db/inventory/open-cursor.ts';
import { toPosItem } from '../../db/inventory/to-pos-item.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';
import type { OfRun } from './pull-stream.ts';
import { pullStream } from './pull-stream.ts';

/** The till stamps whole seconds, and may commit a little out of order: what is read twice is written once. */
const overlapMs = 5_000;

/** From when a poll reads. @throws ApplicationFailure `unread` before any full pull has set the watermark. */
export function sinceOf({ watermark }: PullCursor): Date {
  if (!watermark) throw ApplicationFailure.nonRetryable('No full pull has set a watermark', 'unread');
  return new Date(watermark.getTime() - overlapMs);
}

/** Reads the items changed since the last poll, archived ones included. */
export async function pollItems(deps: Pick<InventorySyncDeps, 'db' | 'openTill'>, run: OfRun): Promise<void> {
  await pullStream(deps, run, {
    stream: 'items',
    pages: (till, cursor, options) => till.changedItemPages(sinceOf(cursor), cursor.next, options),
    rows: (rows) => ({ items: rows.map(toPosItem), stock: [] }),
  });
}
