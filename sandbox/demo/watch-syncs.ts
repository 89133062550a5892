import type { ApiClient } from './api-client.ts';
import { mappedShops, stockChanges } from './expected-figures.ts';
import { tenant } from './open-shop.ts';
import type { Report } from './report.ts';
import { setStock } from './till-stock.ts';
import { waitFor } from './wait-for.ts';
import type { DemoCatalogue } from './web-catalogue.ts';

/** How the catalogue items stand, by state, and what is displayed. */
export interface SyncFigures {
  itemsPulled: number;
  byState: Record<string, number>;
  displayed: number;
}

interface RunView {
  id: string;
  mode: string;
  state: string;
  itemsSeen: number;
  stockRowsSeen: number;
  pages: number;
  pagesExpected: number | null;
  listingsChanged: number;
  calls: number;
  drips: string;
  errorMessage: string | null;
}

/** Waits for the first full pull to end well. */
export async function watchFirstSync(admin: ApiClient, report: Report): Promise<SyncFigures> {
  return report.step('First sync', async (progress) => {
    const run = await waitFor('the first sync', 180_000, async () => {
      const full = (await runs(admin)).find((one) => one.mode === 'full' && one.state !== 'failed');
      if (full?.state === 'succeeded') return { done: full };
      const seen = full ? `${full.pages} of ${full.pagesExpected ?? '?'} pages` : 'not begun';
      progress(seen);
      return { seen };
    });
    const figures = await readFigures(admin, run.itemsSeen);
    const { mapped = 0, pending = 0, ambiguous = 0 } = figures.byState;
    const spent = `${run.calls} calls, ${run.drips} drips`;
    return {
      words: `${run.itemsSeen} items pulled, ${mapped} mapped, ${pending} pending, ${ambiguous} ambiguous, ${figures.displayed} displayed (${spent})`,
      value: figures,
    };
  });
}

/** Changes stock in the till, has a poll run, and waits until the web shop would show it. */
export async function watchSecondSync(
  admin: ApiClient,
  till: { control: string; accountId: string },
  catalogue: DemoCatalogue,
  report: Report,
): Promise<void> {
  const { soldOut, cameIn } = stockChanges(catalogue);
  await report.step('Stock changes in the till', async () => {
    for (const { items, qoh } of [
      { items: soldOut, qoh: 0 },
      { items: cameIn, qoh: 7 },
    ]) {
      for (const { till: item } of items) {
        for (const shopId of mappedShops)
          await setStock(till, String(item!.itemID), String(shopId), shopId === 1 ? qoh : 0);
      }
    }
    return { words: `${soldOut.length} items sold out, ${cameIn.length} came in`, value: undefined };
  });
  await report.step('Second sync, incremental', async () => {
    const { runId } = await admin.expect('POST', `/v1/tenants/${tenant}/sync/run`);
    const run = await waitFor('the second sync', 120_000, async () => {
      const found = (await runs(admin)).find((one) => one.id === runId);
      return found?.state === 'succeeded'
        ? { done: found }
        : { seen: found?.errorMessage ?? found?.state ?? 'not begun' };
    });
    await waitFor('the listings to follow the till', 30_000, async () => {
      const wrong = [];
      for (const item of [...soldOut, ...cameIn]) {
        const listing = await admin.expect('GET', `/v1/tenants/${tenant}/listings/${item.web.sku}`);
        if (listing['displayed'] !== cameIn.includes(item)) wrong.push(item.web.sku);
      }
      return wrong.length === 0 ? { done: true } : { seen: `${wrong.join(', ')} as before` };
    });
    return {
      words: `${run.stockRowsSeen} stock rows read with ${run.calls} calls, ${run.listingsChanged} listings changed`,
      value: undefined,
    };
  });
}

/** Reads every mapping and listing through the API and counts them. */
export async function readFigures(admin: ApiClient, itemsPulled: number): Promise<SyncFigures> {
  const byState: Record<string, number> = {};
  let cursor: string | null = null;
  do {
    const page: Record<string, unknown> = await admin.expect(
      'GET',
      `/v1/tenants/${tenant}/mappings?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    for (const { state } of page['mappings'] as { state: string }[]) byState[state] = (byState[state] ?? 0) + 1;
    cursor = page['next'] as string | null;
  } while (cursor !== null);
  return { itemsPulled, byState, displayed: await countDisplayed(admin) };
}

/** A listing that changes while the feed is read comes again with its newer version: the last one counts. */
async function countDisplayed(admin: ApiClient): Promise<number> {
  const shown = new Map<string, boolean>();
  for (let after = 0; ; ) {
    const page = await admin.expect('GET', `/v1/tenants/${tenant}/listings?after=${after}&limit=1000`);
    const listings = page['listings'] as { sku: string; version: number; displayed: boolean; removed: boolean }[];
    for (const { sku, displayed, removed } of listings) shown.set(sku, displayed && !removed);
    const last = listings.at(-1);
    if (!last) return [...shown.values()].filter(Boolean).length;
    after = last.version;
  }
}

/** Pulled items of the latest complete full pull. */
export async function itemsOfFullPull(admin: ApiClient): Promise<number> {
  return (await runs(admin)).find((run) => run.mode === 'full' && run.state === 'succeeded')?.itemsSeen ?? 0;
}

async function runs(admin: ApiClient): Promise<RunView[]> {
  const { runs: list } = await admin.expect('GET', `/v1/tenants/${tenant}/sync/runs?limit=100`);
  return list as RunView[];
}
