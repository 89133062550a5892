import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import type { AuditedRow } from './audit-findings-of.ts';
import { auditFindingsOf } from './audit-findings-of.ts';
import type { LedgerDifference } from './compare-ledger.ts';

interface Row extends AuditedRow, Record<string, unknown> {
  orderId: string;
  refundId: string;
}

/**
 * Compares the till's refund sales, as audits have seen them, with the refunds' ledger, both ways, as `compareLedger` does
 * orders: only what has changed in the till since a person settled the order counts, and refunds under way, in doubt or
 * parked are left to their own run.
 */
export async function compareRefunds(tx: Transaction, tenant: string, accountId: string): Promise<LedgerDifference[]> {
  const rows = await tx.execute<Row>(sql`
    with settled as (
      select order_id, max(at) as at from order_history
      where tenant = ${tenant} and key_id is not null and code in ('resolved', 'accepted')
      group by order_id
    ), ledger as (
      select order_id, refund_id, state, sale_id, ticket_number, -amount as total
      from refunds where tenant = ${tenant} and (account_id = ${accountId} or account_id is null)
    ), sales as (
      select s.* from audited_sales s
      left join settled on settled.order_id = s.order_id
      where s.tenant = ${tenant} and s.account_id = ${accountId} and s.refund_id is not null
        and s.changed_at > coalesce(settled.at, '-infinity')
    ), other as (
      select s.order_id, s.refund_id, json_agg(json_build_object('saleId', s.sale_id, 'ticketNumber', s.ticket_number,
        'total', s.total::text) order by s.sale_id::bigint) as sales
      from sales s
      left join ledger r on r.order_id = s.order_id and r.refund_id = s.refund_id
      where s.state = 'completed' and s.sale_id is distinct from r.sale_id
      group by s.order_id, s.refund_id
    )
    select coalesce(r.order_id, o.order_id) as "orderId", coalesce(r.refund_id, o.refund_id) as "refundId",
      r.refund_id is not null as "isKnown", coalesce(r.state = 'exported', false) as "isExported",
      r.ticket_number as "ticketNumber", r.total::text as "exportedTotal", own.state as "ownState",
      own.total::text as "ownTotal", coalesce(o.sales, '[]') as others
    from ledger r
    full join other o on o.order_id = r.order_id and o.refund_id = r.refund_id
    left join sales own on own.sale_id = r.sale_id
    where case
      when r.refund_id is null or r.state in ('waiting', 'not-exported') then o.sales is not null
      when r.state = 'exported' then o.sales is not null or own.state <> 'completed' or own.total <> r.total
      else false
    end
    order by 1, 2`);
  return rows.flatMap(toDifferences);
}

function toDifferences(row: Row): LedgerDifference[] {
  const { orderId, refundId } = row;
  return auditFindingsOf(row).map((finding) => ({ orderId, refundId, finding, replacement: null }));
}
