import { and, eq, sql } from 'drizzle-orm';
import { compareMoney, formatMoney } from '../../domain/money.ts';
import type { OrderSnapshot } from '../../domain/orders/order-snapshot.ts';
import { sentOrderOf } from '../../domain/orders/sent-order.ts';
import type { Transaction } from '../database.ts';
import { resolveAttention } from '../notify/attention.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { orderExports, orders } from '../schema/orders.ts';
import { setups } from '../schema/setup.ts';
import type { ExportHold } from './move-export.ts';
import { moveExport } from './move-export.ts';
import { openOrderAttention } from './open-order-attention.ts';
import { takeRefundsOff } from './take-refunds-off.ts';
import { tellChangeAfterExport } from './tell-change-after-export.ts';
import { wakeRefunds } from './wake-refunds.ts';

/** A completed sale, as the till answered. Money as decimal strings. */
export interface FinishedSale {
  saleId: string;
  ticketNumber: string;
  total: string;
  /** Of both taxes. */
  tax: string;
  balance: string;
  change: string;
  completedAt: Date;
}

/**
 * Records that the till has the order's completed sale (R23), applies the chosen status (R28) and tells the storefront,
 * all in one transaction. A sale whose figures aren't the planned ones is exported all the same, and a person is told.
 * @returns the wake-ups to signal; null when the fence is no longer the row's or the order is settled already.
 */
export async function finishExport(
  tx: Transaction,
  hold: ExportHold,
  sale: FinishedSale,
  plannedTotal: string,
): Promise<WakeUp[] | null> {
  const { tenant, orderId } = hold;
  const exportedAt = new Date();
  const { saleId, ticketNumber, total: saleTotal, tax: saleTax, completedAt: saleCompletedAt } = sale;
  const moved = await moveExport(tx, hold, {
    from: ['waiting', 'claimed', 'in-doubt', 'attention'],
    to: 'exported',
    situation: { kind: 'exported', ticketNumber, exportedAt: exportedAt.toISOString() },
    set: { saleId, ticketNumber, saleTotal, saleTax, saleCompletedAt, exportedAt, openSaleId: null, nextTryAt: null },
  });
  if (!moved) return null;
  const order = await orderOf(tx, tenant, orderId);
  const isAdopted = order.firstAttemptAt === null; // the ledger didn't know: found at the total planned now
  if (isAdopted) await takeRefundsOff(tx, tenant, orderId);
  if (isAdopted && order.snapshot) await noteSent(tx, tenant, order.snapshot);
  const status = await applyStatus(tx, tenant, orderId);
  await resolveAttention(tx, tenant, { kind: 'order', id: orderId });
  const wakeUps = await tellDifference(tx, hold, sale, plannedTotal, order.currency ?? '');
  if (order.snapshot) wakeUps.push(...(await tellChangeAfterExport(tx, tenant, order.snapshot))); // edited meanwhile
  wakeUps.push(...(await wakeRefunds(tx, tenant, orderId)));
  const data = { orderId, saleId, ticketNumber, total: saleTotal, status, exportedAt: exportedAt.toISOString() };
  wakeUps.push(await recordEvent(tx, tenant, { type: 'order.exported', subject: `order:${orderId}`, data }));
  return wakeUps;
}

async function orderOf(tx: Transaction, tenant: string, orderId: string) {
  const [order] = await tx
    .select({ snapshot: orders.snapshot, currency: orders.currency, firstAttemptAt: orderExports.firstAttemptAt })
    .from(orders)
    .innerJoin(orderExports, and(eq(orderExports.tenant, orders.tenant), eq(orderExports.orderId, orders.orderId)))
    .where(and(eq(orders.tenant, tenant), eq(orders.orderId, orderId)));
  return order!;
}

async function noteSent(tx: Transaction, tenant: string, order: OrderSnapshot): Promise<void> {
  await tx
    .update(orderExports)
    .set({ sentOrder: sentOrderOf(order) })
    .where(and(eq(orderExports.tenant, tenant), eq(orderExports.orderId, order.orderId)));
}

/** The chosen status, now the order's; null for *No change*. */
async function applyStatus(tx: Transaction, tenant: string, orderId: string): Promise<string | null> {
  const [setup] = await tx.select({ chosen: setups.orderExport }).from(setups).where(eq(setups.tenant, tenant));
  const status = setup?.chosen && setup.chosen.mode !== 'off' ? setup.chosen.statusAfterExport : null;
  if (status === null) return null;
  await tx
    .update(orders)
    .set({ status, changedAt: sql`now()` })
    .where(and(eq(orders.tenant, tenant), eq(orders.orderId, orderId)));
  return status;
}

async function tellDifference(
  tx: Transaction,
  { tenant, orderId }: ExportHold,
  sale: FinishedSale,
  plannedTotal: string,
  currency: string,
): Promise<WakeUp[]> {
  const isAsPlanned =
    compareMoney(sale.total, plannedTotal) === 0 &&
    compareMoney(sale.balance, '0') === 0 &&
    compareMoney(sale.change, '0') === 0;
  if (isAsPlanned) return [];
  const money = (amount: string) => formatMoney(amount, currency);
  const message = `Ticket ${sale.ticketNumber} comes to ${money(sale.total)} instead of ${money(plannedTotal)}, with a balance of ${money(sale.balance)} and ${money(sale.change)} change`;
  const remedy = 'Compare the sale with the order, and correct it in the till';
  return openOrderAttention(tx, tenant, orderId, { code: 'sale-differs', message, remedy });
}
