import { finishExport } from '../../db/orders/finish-export.ts';
import { parkExport } from '../../db/orders/park-export.ts';
import { recordLookUp } from '../../db/orders/record-look-up.ts';
import type { LookUp } from '../../db/orders/start-look-up.ts';
import { startLookUp } from '../../db/orders/start-look-up.ts';
import type { Till, TillSale } from '../../lightspeed/till.ts';
import type { OrderExportInput } from '../../workflows/messages/orders.ts';
import { finishedSale } from './finished-sale.ts';
import { giveWay } from './give-way.ts';
import { judgeFoundSales } from './judge-found-sales.ts';
import { saleSource } from './new-sale.ts';
import type { OrderExportDeps } from './order-export.ts';
import { whileHeartbeating } from './while-heartbeating.ts';

/** How far the till's clock may be from ours, when sales are paged by time. */
const clockMarginMs = 10 * 60_000;

/**
 * Asks the till for the order's sale before anything is (re)sent, and records what it says. A completed sale of the
 * right total is adopted, whenever it is found; that there is none counts only after the settle window, which the
 * query checks. Safe to repeat: it reads the till, and its record is refused once another has claimed or recorded.
 */
export async function lookUpSale(deps: OrderExportDeps, input: OrderExportInput): Promise<void> {
  const { db, wake } = deps;
  const { tenant, orderId, settleWindowMs } = input;
  await whileHeartbeating(async () => {
    const lookUp = await startLookUp(db, tenant, orderId);
    if (!lookUp || (lookUp.state !== 'waiting' && lookUp.state !== 'in-doubt')) return;
    let sales: TillSale[];
    try {
      sales = await salesOf(await deps.openTill(tenant, 'order'), lookUp);
    } catch (error) {
      await giveWay(deps, lookUp, error);
      return;
    }
    const found = judgeFoundSales(sales, lookUp.total);
    if (found.kind === 'completed') {
      const { sale } = found;
      const wakeUps = await db.transaction((tx) => finishExport(tx, lookUp, finishedSale(sale), sale.calcTotal));
      if (wakeUps) await wake(wakeUps);
    } else if (found.kind === 'unclear' && !lookUp.isGlance) {
      const wakeUps = await db.transaction((tx) => parkExport(tx, lookUp, found));
      if (wakeUps) await wake(wakeUps);
    } else {
      const openSaleId = found.kind === 'open' ? found.saleId : null;
      await recordLookUp(db, lookUp, { openSaleId }, settleWindowMs);
    }
  });
}

/** The till's sales with both of our reference fields. */
async function salesOf(till: Till, { tenant, orderId, firstAttemptAt }: LookUp): Promise<TillSale[]> {
  const source = saleSource(tenant);
  const isOurs = (sale: TillSale) => sale.referenceNumber === orderId && sale.referenceNumberSource === source;
  const { filterHonoured, sales } = await till.salesByReference(orderId, source);
  if (filterHonoured) return sales.filter(isOurs);
  // The filter tells nothing on this account. Nothing was ever sent: there is nothing to find.
  if (firstAttemptAt === null) return [];
  const found = new Map<string, TillSale>();
  const since = new Date(firstAttemptAt.getTime() - clockMarginMs);
  for await (const { rows } of till.changedSalePages(since, null, {})) {
    for (const sale of rows) if (isOurs(sale)) found.set(sale.saleId, sale);
  }
  return [...found.values()];
}
