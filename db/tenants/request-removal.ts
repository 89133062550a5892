import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { connectAttempts } from '../schema/setup.ts';
import { tenantRemovals, tenants } from '../schema/tenants.ts';
import { endConnection } from '../setup/end-connection.ts';

/**
 * Says that a tenant is to be erased. From the commit on its keys don't work and no worker uses its tokens, so that no
 * sale is begun any more. Said again while it is under way, it changes nothing.
 * @returns false for a tenant that isn't there.
 */
export async function requestRemoval(db: Database, tenant: string, keyId: string | null): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ tenant: tenants.tenant })
      .from(tenants)
      .where(eq(tenants.tenant, tenant))
      .for('update');
    if (!row) return (await tx.$count(tenantRemovals, isOpenOf(tenant))) > 0;
    const [made] = await tx.insert(tenantRemovals).values({ tenant, keyId }).onConflictDoNothing().returning();
    if (!made) return true;
    await endConnection(tx, tenant, { state: 'disconnected', reason: 'The retailer is being removed' });
    // Pairs of attempts without an outcome would not be counted among those to revoke.
    await tx
      .update(connectAttempts)
      .set({ outcome: 'tenant-removed', code: null, usedAt: sql`coalesce(used_at, now())` })
      .where(sql`${connectAttempts.tenant} = ${tenant} and ${connectAttempts.outcome} is null`);
    return true;
  });
}

function isOpenOf(tenant: string) {
  return sql`${tenantRemovals.tenant} = ${tenant} and ${tenantRemovals.endedAt} is null`;
}
