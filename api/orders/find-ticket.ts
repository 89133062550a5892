import { addMoney } from '../../domain/money.ts';
import { Problem } from '../../domain/problem.ts';
import type { OpenTill, TillSale } from '../../lightspeed/till.ts';

/** A ticket's number is its sale's id plus this. @see lightspeed-r-series.md, "Sale": `ticketNumber` */
const ticketOffset = 220_000_000_000n;

/** The completed sale of a ticket, as the till has it now. @throws Problem `ticket-unknown`; LightspeedError. */
export async function findTicket(openTill: OpenTill, tenant: string, ticketNumber: string) {
  const saleId = BigInt(ticketNumber) - ticketOffset;
  const sale = saleId > 0n ? await (await openTill(tenant, 'interactive')).sale(saleId.toString()) : null;
  const why = sale ? unfit(sale, ticketNumber) : 'The till has no such ticket';
  if (!sale || why !== null) throw new Problem('ticket-unknown', why ?? '', { field: 'ticketNumber' });
  return {
    saleId: sale.saleId,
    ticketNumber: sale.ticketNumber,
    total: sale.calcTotal,
    tax: addMoney(sale.calcTax1, sale.calcTax2),
    completedAt: sale.completedAt ?? sale.timeStamp,
  };
}

function unfit(sale: TillSale, ticketNumber: string): string | null {
  if (sale.ticketNumber !== ticketNumber) return 'The till has no such ticket';
  if (sale.voided || sale.archived) return 'That ticket is voided';
  return sale.completed ? null : 'That ticket is not a completed sale';
}
