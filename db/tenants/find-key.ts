import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import type { Role } from '../../domain/tenants/role.ts';
import type { Database } from '../database.ts';
import { apiKeys, tenantRemovals } from '../schema/tenants.ts';
import { hashApiKey } from './api-key-text.ts';

export interface FoundKey {
  keyId: string;
  role: Role;
  tenant: string | null;
}

/** The live key of this text; null when unknown, expired, revoked, or of a tenant that is being removed. Notes its use, at most once a minute. */
export async function findKey(db: Database, key: string): Promise<FoundKey | null> {
  const isStale = or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, sql`now() - interval '1 minute'`));
  const [row] = await db
    .select({
      keyId: apiKeys.id,
      role: apiKeys.role,
      tenant: apiKeys.tenant,
      isStale: sql<boolean>`${isStale}`,
    })
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.hash, hashApiKey(key)),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
        sql`not exists (select from ${tenantRemovals} where ${tenantRemovals.tenant} = ${apiKeys.tenant}
          and ${tenantRemovals.endedAt} is null)`,
      ),
    );
  if (!row) return null;
  if (row.isStale) {
    await db
      .update(apiKeys)
      .set({ lastUsedAt: sql`now()` })
      .where(and(eq(apiKeys.id, row.keyId), isStale));
  }
  return { keyId: row.keyId, role: row.role, tenant: row.tenant };
}
