import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';

/**
 * Forgets what was read of another Lightspeed account than the one connected now: its ids mean other items there, so
 * mappings and decisions about them go too. Listings stay as they are until the new account has been read (R35).
 * @returns whether there was anything of another account.
 */
export async function resetForeignAccount(tx: Transaction, tenant: string, connectionId: string): Promise<boolean> {
  const foreign = await tx.execute(sql`
    select from pull_cursors p join connections old on old.id = p.connection_id, connections c
    where p.tenant = ${tenant} and c.id = ${connectionId} and c.tenant = ${tenant}
      and old.account_id <> c.account_id
    limit 1`);
  if (foreign.length === 0) return false;
  await tx.execute(sql`delete from pull_cursors where tenant = ${tenant}`);
  await tx.execute(sql`delete from pos_stock where tenant = ${tenant}`);
  await tx.execute(sql`delete from live_reads where tenant = ${tenant}`);
  await tx.execute(sql`delete from pos_items where tenant = ${tenant}`);
  await tx.execute(sql`delete from pos_manufacturers where tenant = ${tenant}`);
  await tx.execute(sql`delete from mapping_decisions where tenant = ${tenant}`);
  await tx.execute(sql`
    update mappings set state = 'unmatched', item_id = null, matched_by = null, candidates = '[]', updated_at = now(),
      reason = 'Another Lightspeed account was connected: its items are being read.'
    where tenant = ${tenant}`);
  return true;
}
