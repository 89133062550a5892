import { finishExport } from '../../db/orders/finish-export.ts';
import { parkExport } from '../../db/orders/park-export.ts';
import { recordLookUp } from '../../db/orders/record-look-up.ts';
import { startLookUp } from '../../db/orders/start-look-up.ts';
import type { TillSale } from '../../lightspeed/till.ts';
import type { OrderExportInput } from '../../workflows/messages/orders.ts';
import { finishedSale } from './finished-sale.ts';
import { giveWay } from './give-way.ts';
import { judgeFoundSales } from './judge-found-sales.ts';
import { saleSource } from './new-sale.ts';
import type { OrderExportDeps } from './order-export.ts';
import { salesByReference } from './sales-by-reference.ts';
import { whileHeartbeating } from './while-heartbeating.ts';

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
      const till = await deps.openTill(tenant, 'order');
      sales = await salesByReference(till, { number: orderId, source: saleSource(tenant) }, lookUp.earliestSaleAt);
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
