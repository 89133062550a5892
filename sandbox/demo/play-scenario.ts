import { mkdirSync } from 'node:fs';
import type { Installation } from './bring-up.ts';
import type { DemoFigures } from './compare-figures.ts';
import { compareFigures } from './compare-figures.ts';
import { decideMatches } from './decide-matches.ts';
import type { DemoOptions } from './demo-options.ts';
import { demoOrders } from './demo-orders.ts';
import { openShop, tenant } from './open-shop.ts';
import type { Report } from './report.ts';
import { formatTable } from './report.ts';
import { sendOrders } from './send-orders.ts';
import { writeShellFile } from './shell-file.ts';
import { startSale } from './start-sale.ts';
import { readTillBooks, sandboxAccount } from './till-books.ts';
import { tripGuard } from './trip-guard.ts';
import { waitFor } from './wait-for.ts';
import { walkWizard } from './walk-wizard.ts';
import { itemsOfFullPull, readFigures, watchFirstSync, watchSecondSync } from './watch-syncs.ts';
import { webCatalogue } from './web-catalogue.ts';

export interface Played {
  figures: DemoFigures;
  isAsExpected: boolean;
  /** Stops the web shop. */
  close: () => Promise<void>;
}

/** Does the main job once, by HTTP calls to the API alone, and compares what came out with what must. */
export async function playScenario(installation: Installation, options: DemoOptions, report: Report): Promise<Played> {
  const startedAt = performance.now();
  mkdirSync(options.dataDir, { recursive: true });
  const catalogue = webCatalogue({ seed: options.seed, items: 1_000, size: 800 });
  const control = `${installation.sandboxUrl}/__sandbox`;
  const accountId = await sandboxAccount(control);

  report.heading('Connecting');
  const { admin, storefront, webShop } = await openShop(installation, catalogue, options.dataDir, report);
  const orderExport = await walkWizard(admin, report, { tenant, accountId });

  report.heading('Inventory');
  await watchFirstSync(admin, report);
  await decideMatches(admin, catalogue, report);
  await watchSecondSync(admin, { control, accountId }, catalogue, report);
  await tripGuard(admin, { control, accountId }, catalogue, report);
  await startSale(admin, catalogue, report);

  report.heading('Orders');
  const orders = demoOrders(catalogue, new Date().toISOString());
  await sendOrders(orders, { storefront, admin, tenant, orderExport, till: { control, accountId }, report });
  await report.step('The web shop follows', async () => {
    const exported = orders.filter((order) => order.ends.state === 'exported');
    await waitFor('the web shop to have every event', 60_000, async () => {
      const { events, undelivered } = await readEvents(admin);
      return undelivered === 0 ? { done: events } : { seen: `${undelivered} events undelivered` };
    });
    const { verified, rejected } = webShop.books.counts;
    if (rejected > 0) throw new Error(`the web shop refused ${rejected} signatures`);
    const marked = exported.filter((order) => webShop.books.orders.get(order.orderId)?.status === 'in-till').length;
    return {
      words: `${verified} signed events verified, 0 refused; ${marked} orders marked "In the till"`,
      value: undefined,
    };
  });

  const books = await readTillBooks(control, accountId);
  const figures = { ...(await readFigures(admin, await itemsOfFullPull(admin))), orders: await readOrders(admin) };
  const compared = compareFigures({
    catalogue,
    orders,
    figures,
    books,
    elapsedMs: Math.round(performance.now() - startedAt),
  });
  report.heading('Result');
  report.line(formatTable(compared.table));
  for (const waiting of compared.waiting) report.line(`  ${waiting}`);
  report.line('');
  report.line(`  API docs      ${installation.apiUrl}/docs`);
  report.line(`  Temporal      ${installation.temporalUiUrl ?? 'your own cluster'}`);
  report.line(`  Sandbox       ${control}`);
  report.line(`  Web shop      ${webShop.url}`);
  report.line(`  By curl       . ${writeShellFile(options.dataDir, installation)}   (README, "The wizard by curl")`);
  return { ...compared, close: () => webShop.stop() };
}

async function readOrders(admin: { expect: (method: string, path: string) => Promise<Record<string, unknown>> }) {
  const { orders } = await admin.expect('GET', `/v1/tenants/${tenant}/orders?limit=100`);
  return orders as { orderId: string; state: string; message: string }[];
}

async function readEvents(admin: { expect: (method: string, path: string) => Promise<Record<string, unknown>> }) {
  const { events } = await admin.expect('GET', `/v1/tenants/${tenant}/events?limit=200`);
  const list = events as { deliveredAt: string | null }[];
  return { events: list.length, undelivered: list.filter((event) => event.deliveredAt === null).length };
}
