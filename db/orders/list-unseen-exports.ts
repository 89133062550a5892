import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { AuditClaim } from './claim-audit.ts';

/** A sale that the ledger has and the audit's pages had not. */
export interface UnseenExport {
  orderId: string;
  /** Null: it is the order's own sale. */
  refundId: string | null;
  saleId: string;
  ticketNumber: string;
  total: string;
}

/** Sales of orders and refunds completed within the audit's window and before it began, that were on none of its pages. */
export async function listUnseenExports(db: Database, claim: AuditClaim): Promise<UnseenExport[]> {
  const from = sql`${claim.salesFrom.toISOString()}::timestamptz`;
  const begun = sql`${claim.startedAt.toISOString()}::timestamptz`;
  return db.execute<UnseenExport & Record<string, unknown>>(sql`
    with ledger as (
      select order_id, null as refund_id, sale_id, ticket_number, sale_total as total, account_id,
        coalesce(exported_at, changed_at) as at
      from order_exports where tenant = ${claim.tenant} and state in ('exported', 'resolved')
      union all
      select order_id, refund_id, sale_id, ticket_number, -amount, account_id, exported_at
      from refunds where tenant = ${claim.tenant} and state = 'exported'
    )
    select order_id as "orderId", refund_id as "refundId", sale_id as "saleId", ticket_number as "ticketNumber",
      total::text as "total"
    from ledger e
    where sale_id is not null and account_id = ${claim.accountId} and at between ${from} and ${begun}
      and not exists (
        select from audited_sales s
        where s.tenant = ${claim.tenant} and s.account_id = ${claim.accountId} and s.sale_id = e.sale_id
          and s.seen_at >= ${begun})
    order by order_id, refund_id`);
}
