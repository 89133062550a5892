import { startApi } from '../../api/start-api.ts';
import { generateBikeShop } from '../../sandbox/r-series/seed/generate-bike-shop.ts';
import { createShop } from '../../tests/shop.ts';
import { openBench, platformKey } from '../open-bench.ts';
import { startStaticTill } from './start-static-till.ts';

/** The most that the API takes in one bulk call. */
const bulk = 1_000;

type Bench = Awaited<ReturnType<typeof openBench>>;

/**
 * A retailer whose till holds so many items, all pages rendered beforehand, and whose catalogue has one of each that
 * bears a UPC. The wizard is walked but not completed: completing it sets off the first full pull.
 * @param startWorkers in this process, or in another.
 */
export async function openStaticShop(
  items: number,
  startWorkers: (bench: Bench) => Promise<{ shutdown: () => Promise<void> }>,
) {
  const till = await startStaticTill(items);
  const bench = await openBench({ till });
  const workers = await startWorkers(bench);
  const api = await startApi(bench);
  const shop = await createShop(api.url, { ...till, account: till.accountId }, 'static', platformKey);
  await shop.setUp({ complete: false });
  const catalogue = generateBikeShop({ seed: 1, items })
    .items.filter(({ upc, archived }) => upc !== '' && !archived)
    .map(({ itemID, upc, description, brand }) => ({ sku: `WEB-${itemID}`, description, brand, gtin1: upc }));
  for (let from = 0; from < catalogue.length; from += bulk) {
    await shop.storefront.expect('PUT', '/catalog/items', { items: catalogue.slice(from, from + bulk) });
  }
  return {
    till,
    bench,
    shop,
    catalogued: catalogue.length,
    async close() {
      await api.close();
      await workers.shutdown();
      await bench.close();
      till.stop();
    },
  };
}
