import type { ApiClient } from './api-client.ts';
import { isDisplayed, stockChanges } from './expected-figures.ts';
import { tenant } from './open-shop.ts';
import type { Report } from './report.ts';
import { waitFor } from './wait-for.ts';
import type { DemoCatalogue } from './web-catalogue.ts';

/** How long before its start the sale is planned. */
const ahead = 3_000;

/** The shop plans a sale that begins in a moment, and the sale price shows when the moment has come, not before. */
export async function startSale(admin: ApiClient, catalogue: DemoCatalogue, report: Report): Promise<void> {
  const { soldOut } = stockChanges(catalogue);
  const item = catalogue.planned.find(
    (one) => isDisplayed(one) && one.till!.prices.online !== '0' && !soldOut.includes(one),
  );
  if (!item) throw new Error('no item of the demo has a price at the sale level');
  const { sku } = item.web;
  const listing = () => admin.expect('GET', `/v1/tenants/${tenant}/listings/${sku}`);
  await report.step('A sale begins', async () => {
    const begins = Date.now() + ahead;
    await admin.expect('POST', `/v1/tenants/${tenant}/catalog/sale-dates`, {
      skus: [sku],
      start: new Date(begins).toISOString(),
    });
    await waitFor('the sale to be planned', 60_000, async () => {
      const { saleReason } = await listing();
      return saleReason === 'The sale has not begun.' || Date.now() >= begins
        ? { done: true }
        : { seen: String(saleReason) };
    });
    const { price, salePrice } = await waitFor('the sale price to show', 60_000, async () => {
      const now = await listing();
      return now['salePrice'] === null ? { seen: String(now['saleReason']) } : { done: now };
    });
    const lateMs = Date.now() - begins;
    if (lateMs < 0) throw new Error(`the sale price of ${sku} showed ${-lateMs} ms too early`);
    return {
      words: `${sku} at ${String(salePrice)} instead of ${String(price)}, ${lateMs} ms after the moment`,
      value: undefined,
    };
  });
}
