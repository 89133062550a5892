import { startWatermarks } from '../../db/inventory/full-pull-state.ts';
import { refreshPullStatistics } from '../../db/inventory/refresh-statistics.ts';
import { toPosItem } from '../../db/inventory/to-pos-item.ts';
import type { RunTrigger } from '../../domain/inventory/run-state.ts';
import { checkSums } from './check-sums.ts';
import type { FullPullDeps } from './full-pull.ts';
import type { OfRun } from './pull-stream.ts';
import { pullStream, runOver } from './pull-stream.ts';

/** The nightly pull leaves the rest of the drip rate to polls and orders. */
const nightlyShare = 0.5;

/**
 * Reads every live item with its stock, hours long if it must be. Where polls go on from is noted before the first page,
 * so that what changes during the pull is not missed.
 */
export async function pullEverything(
  deps: Pick<FullPullDeps, 'db' | 'openTill'>,
  run: OfRun & { trigger: RunTrigger },
): Promise<void> {
  await pullStream(
    deps,
    run,
    {
      stream: 'full',
      pages: (till, cursor, options) =>
        checkSums(
          deps.db,
          till,
          run.tenant,
          till.allItemPages(
            cursor.next,
            run.trigger === 'schedule' ? { ...options, dripShare: nightlyShare } : options,
          ),
        ),
      rows: (rows) => ({ items: rows.map(toPosItem), stock: rows.flatMap((row) => row.stock) }),
    },
    async (till, claim) => {
      const [item, stock, items] = [await till.newestItemTime(), await till.newestStockTime(), await till.countItems()];
      if (!(await startWatermarks(deps.db, claim, { item, stock, items }))) throw runOver();
    },
  );
  await refreshPullStatistics(deps.db);
}
