import { disturbSync, runOnce } from '../../bench/faults/disturb-sync.ts';
import { openSyncShop } from '../../bench/faults/sync-shop.ts';
import { seededRandom } from '../../sandbox/r-series/random.ts';
import { platformKey, test } from '../stack-test.ts';

/** The benchmark `sync-faults` does the same hundreds of times, and kills processes meanwhile. */
test('six runs under random faults show nothing that is neither old nor right, and the next run heals', {
  timeout: 180_000,
}, async ({ app, sandbox, expect }) => {
  const place = { apiUrl: app.url, sandbox, platformKey };
  const lanes = [1, 2, 3].map(async (lane) => {
    const shop = await openSyncShop(place, `faulty-${lane}`, 130);
    await runOnce(shop, 'full', 60_000);
    const random = seededRandom(7, `lane ${lane}`);
    const done = [];
    for (let run = 0; run < 2; run += 1) done.push(await disturbSync(shop, random));
    return done;
  });
  for (const disturbed of (await Promise.all(lanes)).flat()) {
    expect(disturbed).toMatchObject({ unhealed: [], emptied: [], wrong: [], isUnexplained: false });
  }
});
