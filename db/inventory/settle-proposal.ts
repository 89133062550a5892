import { sql } from 'drizzle-orm';
import { Problem } from '../../domain/problem.ts';
import type { Database } from '../database.ts';
import { resolveAttention } from '../notify/attention.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { lockDecisions } from './lock-decisions.ts';
import { heldAttention } from './note-held.ts';
import { touchSelected } from './touch.ts';

/**
 * A person's word on the changes that a run holds. Approved ones are decided once more and go out if they are still the
 * same; rejected ones are left until the till says otherwise. The wake-up owed has them decided at once.
 * @returns how many changes.
 * @throws Problem `run-unknown`, or `nothing-to-decide` if the run holds nothing, or no longer.
 */
export async function settleProposal(
  db: Database,
  tenant: string,
  runId: string,
  verdict: 'approved' | 'rejected',
): Promise<{ changes: number; owed: WakeUp[] }> {
  return db.transaction(async (tx) => {
    await lockDecisions(tx, tenant);
    const [run] = await tx.execute<{ open: string | null }>(sql`
      select p.run_id as open from sync_runs r left join proposals p on p.tenant = r.tenant
      where r.tenant = ${tenant} and r.id = ${runId}`);
    if (!run) throw new Problem('run-unknown', 'There is no such run');
    if (run.open !== runId) {
      throw new Problem('nothing-to-decide', 'This run holds no changes, or no longer', {
        remedy: run.open === null ? 'Nothing needs to be done' : `Look at run ${run.open}, which has replaced them`,
      });
    }
    await touchSelected(
      tx,
      tenant,
      'sku',
      sql`select sku from proposal_rows where tenant = ${tenant} and state = 'held'`,
    );
    const { count: changes } = await tx.execute(sql`
      update proposal_rows set state = ${verdict} where tenant = ${tenant} and state = 'held'`);
    await tx.execute(sql`delete from proposals where tenant = ${tenant}`);
    await tx.execute(sql`update sync_runs set held_verdict = ${verdict} where tenant = ${tenant} and id = ${runId}`);
    await resolveAttention(tx, tenant, heldAttention(tenant));
    return { changes, owed: [await requestWakeUp(tx, tenant, 'sale-boundary', tenant)] };
  });
}
