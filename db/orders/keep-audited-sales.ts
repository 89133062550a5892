import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { auditedSales, orderAudits } from '../schema/orders.ts';
import type { AuditClaim } from './claim-audit.ts';

/** A sale with our source, as the till has it. */
export type AuditedSale = Pick<
  typeof auditedSales.$inferInsert,
  'saleId' | 'orderId' | 'refundId' | 'ticketNumber' | 'total' | 'state'
>;

/**
 * Keeps sales as the till has them now, and how far it was read, in one transaction.
 * @param read null for sales that were looked up one by one.
 * @returns false when another worker has claimed the audit since, or it has ended.
 */
export async function keepAuditedSales(
  db: Database,
  claim: AuditClaim,
  sales: AuditedSale[],
  read: { next: string | null; salesRead: number } | null,
): Promise<boolean> {
  const { tenant, accountId } = claim;
  return db.transaction(async (tx) => {
    const held = await tx
      .update(orderAudits)
      .set(
        read
          ? {
              cursor: read.next,
              pages: sql`${orderAudits.pages} + 1`,
              salesRead: sql`${orderAudits.salesRead} + ${read.salesRead}`,
            }
          : { salesRead: sql`${orderAudits.salesRead} + ${sales.length}` },
      )
      .where(
        and(
          eq(orderAudits.id, claim.auditId),
          eq(orderAudits.tenant, tenant),
          eq(orderAudits.fence, claim.fence),
          eq(orderAudits.state, 'running'),
        ),
      )
      .returning({ id: orderAudits.id });
    if (held.length === 0) return false;
    if (sales.length === 0) return true;
    await tx
      .insert(auditedSales)
      .values(sales.map((sale) => ({ ...sale, tenant, accountId })))
      .onConflictDoUpdate({
        target: [auditedSales.tenant, auditedSales.accountId, auditedSales.saleId],
        set: {
          orderId: sql`excluded.order_id`,
          refundId: sql`excluded.refund_id`,
          ticketNumber: sql`excluded.ticket_number`,
          total: sql`excluded.total`,
          state: sql`excluded.state`,
          seenAt: sql`excluded.seen_at`,
          changedAt: sql`case when (${auditedSales.orderId}, ${auditedSales.total}, ${auditedSales.state})
            = (excluded.order_id, excluded.total, excluded.state) then ${auditedSales.changedAt} else excluded.changed_at end`,
        },
      });
    return true;
  });
}
