import type { FinishedSale } from '../../db/orders/finish-export.ts';
import { addMoney } from '../../domain/money.ts';
import type { TillSale } from '../../lightspeed/till.ts';

/** What the ledger keeps of the till's answer. */
export function finishedSale(sale: TillSale): FinishedSale {
  return {
    saleId: sale.saleId,
    ticketNumber: sale.ticketNumber,
    total: sale.calcTotal,
    tax: addMoney(sale.calcTax1, sale.calcTax2),
    balance: sale.balance,
    change: sale.change,
    completedAt: sale.completedAt ?? sale.timeStamp,
  };
}
