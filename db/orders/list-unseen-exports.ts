import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { AuditClaim } from './claim-audit.ts';

/** A sale that the ledger has and the audit's pages had not. */
export interface UnseenExport {
  orderId: string;
  saleId: string;
  ticketNumber: string;
  total: string;
}

/** Orders whose sale was completed within the audit's window and before it began, and was on none of its pages. */
export async function listUnseenExports(db: Database, claim: AuditClaim): Promise<UnseenExport[]> {
  return db.execute<UnseenExport & Record<string, unknown>>(sql`
    select e.order_id as "orderId", e.sale_id as "saleId", e.ticket_number as "ticketNumber",
      e.sale_total::text as "total"
    from order_exports e
    where e.tenant = ${claim.tenant} and e.state in ('exported', 'resolved') and e.sale_id is not null
      and e.account_id = ${claim.accountId}
      and coalesce(e.exported_at, e.changed_at) between ${claim.salesFrom.toISOString()}::timestamptz
        and ${claim.startedAt.toISOString()}::timestamptz
      and not exists (
        select from audited_sales s
        where s.tenant = e.tenant and s.account_id = ${claim.accountId} and s.sale_id = e.sale_id
          and s.seen_at >= ${claim.startedAt.toISOString()}::timestamptz)
    order by e.order_id`);
}
