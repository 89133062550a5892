import { sql } from 'drizzle-orm';
import type { AuditFinding } from '../../domain/orders/audit-finding.ts';
import type { Transaction } from '../database.ts';
import type { AuditedRow } from './audit-findings-of.ts';
import { auditFindingsOf, replacementOf } from './audit-findings-of.ts';

/**
 * A difference of one order, or of one refund of it. `replacement`: the one sale that can only be the order's instead of
 * its own, if there is one.
 */
export interface LedgerDifference {
  orderId: string;
  refundId: string | null;
  finding: AuditFinding;
  replacement: string | null;
}

interface Row extends AuditedRow, Record<string, unknown> {
  orderId: string;
}

/**
 * Compares the till's sales, as audits have seen them, with the ledger, both ways; only what has changed in the till since
 * a person settled the order counts. Sales under way and orders parked for what the till has of them are left to the
 * export. What was given back in the till by hand, which comes to less than nothing, is nobody's second sale.
 */
export async function compareLedger(tx: Transaction, tenant: string, accountId: string): Promise<LedgerDifference[]> {
  const rows = await tx.execute<Row>(sql`
    with ledger as (
      select e.order_id, e.state, e.sale_id, e.ticket_number, e.sale_total,
        coalesce((
          select max(h.at) from order_history h
          where h.tenant = e.tenant and h.order_id = e.order_id and h.key_id is not null
            and h.code in ('resolved', 'accepted')), '-infinity') as settled_at
      from order_exports e
      where e.tenant = ${tenant} and (e.account_id = ${accountId} or e.account_id is null)
    ), sales as (
      select s.* from audited_sales s where s.tenant = ${tenant} and s.account_id = ${accountId}
        and s.refund_id is null and s.total >= 0
    ), other as (
      select s.order_id, json_agg(json_build_object('saleId', s.sale_id, 'ticketNumber', s.ticket_number,
        'total', s.total::text) order by s.sale_id::bigint) as sales
      from sales s
      left join ledger e on e.order_id = s.order_id
      where s.state = 'completed' and s.sale_id is distinct from e.sale_id
        and (e.order_id is null or s.changed_at > e.settled_at)
        and not exists (select from ledger used where used.sale_id = s.sale_id)
      group by s.order_id
    )
    select coalesce(e.order_id, o.order_id) as "orderId", e.order_id is not null as "isKnown",
      coalesce(e.state in ('exported', 'resolved'), false) as "isExported", e.ticket_number as "ticketNumber",
      e.sale_total::text as "exportedTotal", own.state as "ownState", own.total::text as "ownTotal",
      coalesce(o.sales, '[]') as others
    from ledger e
    full join other o on o.order_id = e.order_id
    left join sales own on own.sale_id = e.sale_id and own.changed_at > e.settled_at
    where case
      when e.order_id is null or e.state in ('waiting', 'cancelled', 'not-exported') then o.sales is not null
      when e.state in ('exported', 'resolved')
        then o.sales is not null or own.state <> 'completed' or own.total <> e.sale_total
      else false
    end
    order by 1`);
  return rows.flatMap(toDifferences);
}

function toDifferences(row: Row): LedgerDifference[] {
  const { orderId } = row;
  const replacement = replacementOf(row);
  return auditFindingsOf(row).map((finding) => ({ orderId, refundId: null, finding, replacement }));
}
