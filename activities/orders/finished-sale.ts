import type { FinishedSale } from '../../db/orders/finish-export.ts';
import type { TillSale } from '../../lightspeed/till.ts';

/** What the ledger keeps of the till's answer. */
export function finishedSale(sale: TillSale): FinishedSale {
  return {
    saleId: sale.saleId,
    ticketNumber: sale.ticketNumber,
    total: sale.calcTotal,
    balance: sale.balance,
    change: sale.change,
    completedAt: sale.completedAt ?? sale.timeStamp,
  };
}
