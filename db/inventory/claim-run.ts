import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';

/** A worker's hold on a run: its writes count only while `fence` is the row's. */
export interface RunClaim {
  tenant: string;
  runId: string;
  fence: number;
  connectionId: string;
}

/**
 * Takes hold of a running run: whoever held it before, a frozen worker perhaps, can write no more.
 * @returns null if the run has ended or its connection is no longer the tenant's working one.
 */
export async function claimRun(db: Database, tenant: string, runId: string): Promise<RunClaim | null> {
  const [row] = await db.execute<{ fence: number; connectionId: string }>(sql`
    update sync_runs r set fence = fence + 1
    from connections c
    where r.id = ${runId} and r.tenant = ${tenant} and r.state = 'running'
      and c.id = r.connection_id and c.tenant = r.tenant and c.state = 'active'
    returning r.fence, r.connection_id as "connectionId"`);
  return row ? { tenant, runId, ...row } : null;
}

/**
 * Whether the claim still gives the right to write, which stays so until the transaction ends: whoever claims the run, or
 * ends its connection, waits.
 */
export async function lockClaim(tx: Transaction, claim: RunClaim): Promise<boolean> {
  const held = await tx.execute(sql`
    select from sync_runs r join connections c on c.id = r.connection_id and c.tenant = r.tenant
    where r.id = ${claim.runId} and r.tenant = ${claim.tenant} and r.fence = ${claim.fence} and r.state = 'running'
      and c.id = ${claim.connectionId} and c.state = 'active'
    for share of r`);
  return held.length === 1;
}
