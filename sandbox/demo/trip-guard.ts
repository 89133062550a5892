import type { ApiClient } from './api-client.ts';
import { isDisplayed, mappedShops, onHand, stockChanges } from './expected-figures.ts';
import { tenant } from './open-shop.ts';
import type { Report } from './report.ts';
import type { Till } from './till-stock.ts';
import { readStock, setStock } from './till-stock.ts';
import { waitFor } from './wait-for.ts';
import type { DemoCatalogue } from './web-catalogue.ts';

/** More than a fifth of what the demo displays: so much at once is held for a person. */
const emptied = 160;

/**
 * A stock count gone wrong empties much of the till. What would hide so many items is held; the admin looks at it and
 * approves; then the count is mended in the till, and everything shows again.
 */
export async function tripGuard(admin: ApiClient, till: Till, catalogue: DemoCatalogue, report: Report): Promise<void> {
  const { soldOut } = stockChanges(catalogue);
  const items = catalogue.planned
    .filter((item) => isDisplayed(item) && onHand(item.till!) > 0 && !soldOut.includes(item))
    .filter((item) => item.till!.stock.every(({ backorder }) => backorder === 0))
    .slice(0, emptied);
  const [first] = items;
  if (!first) throw new Error('the demo displays nothing that could be emptied');
  const counted = new Map<string, { shopId: string; qoh: number }[]>();
  for (const { till: item } of items) counted.set(String(item!.itemID), await countOf(till, item!));

  const held = await report.step('A wrong stock count in the till', async () => {
    for (const [itemId, rows] of counted) {
      for (const { shopId } of rows) await setStock(till, itemId, shopId, 0);
    }
    const run = await runUntil(admin, 'held');
    const { message } = await heldAttention(admin);
    return { words: `the run is held: ${message}`, value: run };
  });
  await report.step('The admin approves', async () => {
    const { changes } = await admin.expect('POST', `/v1/tenants/${tenant}/sync/runs/${held}/approve`);
    await waitForDisplay(admin, first.web.sku, false);
    return { words: `${String(changes)} changes went out`, value: undefined };
  });
  await report.step('The count is mended in the till', async () => {
    for (const [itemId, rows] of counted) {
      for (const { shopId, qoh } of rows) await setStock(till, itemId, shopId, qoh);
    }
    await runUntil(admin, 'succeeded');
    for (const { web } of items) await waitForDisplay(admin, web.sku, true);
    return { words: `all ${items.length} show again`, value: undefined };
  });
}

/** What is on hand now; where an earlier start was cut off between emptying and mending, what the catalogue began with. */
async function countOf(till: Till, item: { itemID: number; stock: { shopID: number; qoh: number }[] }) {
  const now = await readStock(till, String(item.itemID));
  const isEmpty = mappedShops.every((shopId) => (now.get(String(shopId)) ?? 0) <= 0);
  return item.stock
    .filter(({ shopID }) => mappedShops.includes(shopID))
    .map(({ shopID, qoh }) => {
      const shopId = String(shopID);
      return { shopId, qoh: isEmpty ? qoh : (now.get(shopId) ?? 0) };
    });
}

async function runUntil(admin: ApiClient, state: string): Promise<string> {
  return waitFor(`a run to be ${state}`, 120_000, async () => {
    const { runId } = await admin.expect('POST', `/v1/tenants/${tenant}/sync/run`);
    const run = await waitFor('the run to end', 60_000, async () => {
      const now = await admin.expect('GET', `/v1/tenants/${tenant}/sync/runs/${String(runId)}`);
      return now['state'] === 'running' ? { seen: 'running' } : { done: now };
    });
    return run['state'] === state ? { done: String(runId) } : { seen: String(run['state']) };
  });
}

async function heldAttention(admin: ApiClient): Promise<{ message: string }> {
  const { attention } = await admin.expect('GET', `/v1/tenants/${tenant}/attention`);
  const found = (attention as { code: string; message: string }[]).find(({ code }) => code === 'changes-held');
  if (!found) throw new Error('nobody was asked about the held changes');
  return found;
}

async function waitForDisplay(admin: ApiClient, sku: string, isShown: boolean): Promise<void> {
  await waitFor(`${sku} to be ${isShown ? 'shown' : 'hidden'}`, 60_000, async () => {
    const { displayed, reason } = await admin.expect('GET', `/v1/tenants/${tenant}/listings/${sku}`);
    return displayed === isShown ? { done: true } : { seen: String(reason) };
  });
}
