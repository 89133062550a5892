import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/** The till's clock isn't ours, and what was booked during the last audit may have been missed by it. */
const overlapMinutes = 60;
/** How far back sales are compared at most. */
const longestWindowDays = 30;

/**
 * Begins an audit of a tenant that exports to a working till, or finds it begun. The window goes back to the last audit
 * that succeeded; further where sales bear the time of their payment, so that none of them lies before it.
 * @param audit its id is the workflow's run, so that a repeated call is the same audit.
 * @returns false where nothing is to be compared: not connected, or nothing was ever exported.
 */
export async function beginAudit(
  db: Database,
  audit: { tenant: string; auditId: string; trigger: 'schedule' | 'person' },
): Promise<boolean> {
  const { tenant, auditId, trigger } = audit;
  const rows = await db.execute(sql`
    with last as (
      select coalesce(max(started_at), '-infinity') as at from order_audits a
      join connections c on c.tenant = a.tenant and c.state = 'active' and c.account_id = a.account_id
      where a.tenant = ${tenant} and a.state = 'succeeded'
    ), attempted as (
      select least(
        (select min(least(e.first_attempt_at, p.captured_at))
          from order_exports e
          left join payments p on p.tenant = e.tenant and p.order_id = e.order_id
          where e.tenant = ${tenant} and e.first_attempt_at >= (select at from last)),
        (select min(first_attempt_at) from refunds
          where tenant = ${tenant} and first_attempt_at >= (select at from last))) as at
    )
    insert into order_audits (id, tenant, trigger, state, connection_id, account_id, sales_from)
    select ${auditId}::uuid, ${tenant}, ${trigger}, 'running', c.id, c.account_id,
      greatest(
        least(nullif((select at from last), '-infinity'), (select at from attempted), now())
          - ${overlapMinutes} * interval '1 minute',
        now() - ${longestWindowDays} * interval '1 day')
    from connections c
    join setups s on s.tenant = c.tenant and s.completed_at is not null
    where c.tenant = ${tenant} and c.state = 'active'
      and (s.order_export ->> 'mode' <> 'off'
        or exists (select from order_exports e where e.tenant = c.tenant and e.first_attempt_at is not null))
    on conflict (id) do update set fence = order_audits.fence
    returning id`);
  return rows.length === 1;
}
