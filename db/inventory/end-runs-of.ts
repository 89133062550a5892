import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { touchEverything } from './touch.ts';

/**
 * Ends what is under way over a connection that ends in this transaction. A page being written is waited for; every later
 * one is refused, as its run is over.
 */
export async function endRunsOf(tx: Transaction, tenant: string, connectionId: string): Promise<void> {
  const ended = await tx.execute<{ mode: string }>(sql`
    update sync_runs set state = 'failed', ended_at = now(), error_code = 'run-over',
      error_message = 'The connection was replaced or ended while the run was under way; nothing more of it was written.'
    where tenant = ${tenant} and connection_id = ${connectionId} and state = 'running'
    returning mode`);
  // The pages that a full pull has written stay.
  if (ended.some(({ mode }) => mode === 'full')) await touchEverything(tx, tenant, 'pull');
}
