import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';

/**
 * Tells with `mapping.pending` that possible matches wait for a person (R20): only if one waits that nobody was told of,
 * and at most once in 24 hours; what comes up in between is told with the next. Called after matching. Its indexes hold
 * nothing but what waits, so a run that finds nothing new costs next to nothing.
 */
export async function notePending(tx: Transaction, tenant: string): Promise<WakeUp[]> {
  await tx.execute(sql`
    update mappings set told_at = null
    where tenant = ${tenant} and told_at is not null and state not in ('pending', 'ambiguous')`);
  const due = await tx.execute(sql`
    update tenants t set pending_told_at = now()
    where t.tenant = ${tenant} and coalesce(t.pending_told_at <= now() - interval '24 hours', true)
      and exists (select from mappings m
        where m.tenant = t.tenant and m.told_at is null and m.state in ('pending', 'ambiguous'))
    returning t.tenant`);
  if (due.length === 0) return [];
  const { count: added } = await tx.execute(sql`
    update mappings set told_at = now()
    where tenant = ${tenant} and told_at is null and state in ('pending', 'ambiguous')`);
  const [waiting] = await tx.execute<{ pending: number; ambiguous: number }>(sql`
    select count(*) filter (where state = 'pending')::int as pending,
      count(*) filter (where state = 'ambiguous')::int as ambiguous
    from mappings where tenant = ${tenant} and state in ('pending', 'ambiguous')`);
  const data = { ...waiting!, new: added };
  return [await recordEvent(tx, tenant, { type: 'mapping.pending', subject: 'mappings', data })];
}
