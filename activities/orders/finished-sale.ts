import type { FinishedSale } from '../../db/orders/finish-export.ts';
import { addMoney } from '../../domain/money.ts';
import type { TillSale } from '../../lightspeed/till.ts';

/**
 * When the sale left the stock, by the till's own clock: its completion may be dated back to the payment, its stamp isn't.
 */
function stampedAt({ completedAt, timeStamp }: TillSale): Date {
  return completedAt !== null && completedAt > timeStamp ? completedAt : timeStamp;
}

/** What the ledger keeps of the till's answer. */
export function finishedSale(sale: TillSale): FinishedSale {
  return {
    saleId: sale.saleId,
    ticketNumber: sale.ticketNumber,
    total: sale.calcTotal,
    tax: addMoney(sale.calcTax1, sale.calcTax2),
    balance: sale.balance,
    change: sale.change,
    completedAt: stampedAt(sale),
  };
}
