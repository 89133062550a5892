import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';
import { openAttention, resolveAttention } from '../notify/attention.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import type { Decided } from './decide-listings.ts';

const notes = {
  first: 'The first listings: nothing was shown before, so nothing could be held.',
  settings: 'A person changed the settings: what follows from that went out without being held.',
} as const;

export const heldAttention = (tenant: string) => ({ kind: 'sync', id: tenant, code: 'changes-held' }) as const;

/**
 * Says in the run, and to people, what it holds for them to approve, in place of what the run before held; takes it back
 * when nothing is held any more.
 * @returns how many changes are held, and the wake-ups owed.
 */
export async function noteHeld(
  db: Database,
  { tenant, runId }: { tenant: string; runId: string },
  unguarded: Decided['unguarded'],
): Promise<{ held: number; wakeUps: WakeUp[] }> {
  return db.transaction(async (tx) => {
    const { losses, prices, displayed } = await countHeld(tx, tenant);
    const held = losses + prices;
    const note = unguarded === null ? null : notes[unguarded];
    await tx.execute(sql`
      update sync_runs set held_changes = ${held}, note = ${note} where tenant = ${tenant} and id = ${runId}`);
    if (held === 0) {
      const gone = await tx.execute(sql`delete from proposals where tenant = ${tenant} returning run_id`);
      if (gone.length > 0) await resolveAttention(tx, tenant, heldAttention(tenant));
      return { held, wakeUps: [] };
    }
    await tx.execute(sql`
      insert into proposals (tenant, run_id, base_version, held_at)
      select tenant, ${runId}, feed_version, now() from tenants where tenant = ${tenant}
      on conflict (tenant) do update set run_id = excluded.run_id, base_version = excluded.base_version, held_at = now()`);
    const what = [
      ...(losses > 0 ? [`${losses} of ${displayed} displayed items would be hidden or run empty`] : []),
      ...(prices > 0 ? [`${prices} prices would move far`] : []),
    ].join(', and ');
    const message = `By what Lightspeed says now, ${what}. These changes are held; all others have gone out.`;
    const remedy = `Look at the changes of sync run ${runId}, and approve or reject them.`;
    const isNew = await openAttention(tx, tenant, heldAttention(tenant), { message, remedy });
    return { held, wakeUps: isNew ? [await requestWakeUp(tx, tenant, 'notify', tenant)] : [] };
  });
}

async function countHeld(tx: Transaction, tenant: string) {
  const [row] = await tx.execute<{ losses: number; prices: number; displayed: number }>(sql`
    select count(*) filter (where kind = 'loss')::int as losses, count(*) filter (where kind = 'price')::int as prices,
      case when count(*) = 0 then 0
        else (select count(*) from listings where tenant = ${tenant} and displayed and not removed) end::int as displayed
    from proposal_rows where tenant = ${tenant} and state = 'held'`);
  return row!;
}
