import { and, eq } from 'drizzle-orm';
import { Problem } from '../../domain/problem.ts';
import type { Database, Transaction } from '../database.ts';
import { resolveAttention } from '../notify/attention.ts';
import { orderExports } from '../schema/orders.ts';
import { apiKeys } from '../schema/tenants.ts';
import { neverExport } from './decide-export.ts';
import type { LedgerRow } from './load-order-facts.ts';
import { loadOrderFacts } from './load-order-facts.ts';
import type { ExportHold } from './move-export.ts';
import { moveExport } from './move-export.ts';
import type { RecordedFact } from './record-fact.ts';
import { recordFact } from './record-fact.ts';
import { requireOrder } from './require-order.ts';
import { takeRefundsOff } from './take-refunds-off.ts';
import { wakeRefunds } from './wake-refunds.ts';

/** Who settles: the key of an admin. */
export interface Settler {
  keyId: string;
}

/**
 * Settles an order as a sale that is in the till already, as its ticket (R33). The caller has checked the ticket. Settled
 * once more, as another ticket, it puts a mistake right.
 * @throws Problem `order-unknown`, `order-exported`, `order-in-doubt`, or `ticket-used` when another order is that sale.
 */
export async function settleAsTicket(
  db: Database,
  tenant: string,
  orderId: string,
  sale: { saleId: string; ticketNumber: string; total: string; tax: string; completedAt: Date },
  settler: Settler,
): Promise<RecordedFact> {
  await requireOrder(db, tenant, orderId);
  return recordFact(db, tenant, orderId, async (tx) => {
    const { hold, ledger } = await holdForSettling(tx, tenant, orderId);
    if (ledger.state === 'resolved' && ledger.saleId === sale.saleId) return 'Ignored: the order is settled already';
    await requireUnused(tx, tenant, orderId, sale.saleId);
    const { saleId, ticketNumber, total: saleTotal, tax: saleTax, completedAt: saleCompletedAt } = sale;
    const by = await keyLabel(tx, tenant, settler.keyId);
    const moved = await moveExport(tx, hold, {
      from: ['waiting', 'in-doubt', 'attention', 'cancelled', 'not-exported', 'exported', 'resolved'],
      to: 'resolved',
      situation: { kind: 'resolved', ticketNumber, by, at: new Date().toISOString() },
      set: { saleId, ticketNumber, saleTotal, saleTax, saleCompletedAt, nextTryAt: null },
      keyId: settler.keyId,
    });
    if (!moved) throw inDoubt();
    if (ledger.state !== 'exported' && ledger.state !== 'resolved') await takeRefundsOff(tx, tenant, orderId);
    await resolveAttention(tx, tenant, { kind: 'order', id: orderId });
    return null;
  });
}

/**
 * Sets an order never to be exported (R33); a retry takes it back.
 * @throws Problem `order-unknown`, `order-exported`, `order-in-doubt`.
 */
export async function settleAsNever(
  db: Database,
  tenant: string,
  orderId: string,
  settler: Settler,
): Promise<RecordedFact> {
  await requireOrder(db, tenant, orderId);
  return recordFact(db, tenant, orderId, async (tx, owe) => {
    const { hold, ledger } = await holdForSettling(tx, tenant, orderId);
    if (ledger.state === 'resolved' || ledger.state === 'exported') throw exported(ledger);
    const moved = await moveExport(tx, hold, {
      from: ['waiting', 'attention'],
      to: 'not-exported',
      situation: { kind: 'not-exported', reason: neverExport },
      set: { nextTryAt: null },
      keyId: settler.keyId,
    });
    if (!moved) throw inDoubt();
    await resolveAttention(tx, tenant, { kind: 'order', id: orderId });
    owe(await wakeRefunds(tx, tenant, orderId));
    return null;
  });
}

async function holdForSettling(tx: Transaction, tenant: string, orderId: string) {
  const facts = (await loadOrderFacts(tx, tenant, orderId))!;
  const { ledger, zone } = facts;
  const hold: ExportHold = { tenant, orderId, fence: ledger.fence, zone };
  return { hold, ledger };
}

async function requireUnused(tx: Transaction, tenant: string, orderId: string, saleId: string): Promise<void> {
  const [other] = await tx
    .select({ orderId: orderExports.orderId })
    .from(orderExports)
    .where(and(eq(orderExports.tenant, tenant), eq(orderExports.saleId, saleId)));
  if (!other || other.orderId === orderId) return;
  throw new Problem('ticket-used', `That ticket is the sale of order ${other.orderId}`, { field: 'ticketNumber' });
}

/** What a key is called, for the words about what was done with it. */
export async function keyLabel(tx: Transaction, tenant: string, keyId: string): Promise<string> {
  const [key] = await tx
    .select({ label: apiKeys.label })
    .from(apiKeys)
    .where(and(eq(apiKeys.tenant, tenant), eq(apiKeys.id, keyId)));
  return key?.label ?? 'an admin';
}

function exported({ ticketNumber }: LedgerRow): Problem {
  return new Problem('order-exported', `The order is in the till as ticket ${ticketNumber}`, {
    remedy: 'Refund the sale in the till if it should not stand',
  });
}

function inDoubt(): Problem {
  return new Problem('order-in-doubt', 'It is not known yet whether the till has the sale', {
    remedy: 'Try again in a few minutes, once the till has been asked',
  });
}
