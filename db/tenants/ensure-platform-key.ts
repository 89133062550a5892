import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { apiKeys } from '../schema/tenants.ts';
import { createApiKeyText, hashApiKey } from './api-key-text.ts';

const FROM_ENVIRONMENT = 'PLATFORM_KEY';

/**
 * Sees to it that the platform's owner has a key. The configured one is taken over, and one that was configured before
 * stops working; without one, the first start makes a key.
 * @returns the key just made, to be shown once; null when there was nothing to make.
 */
export async function ensurePlatformKey(db: Database, configured: string | undefined): Promise<string | null> {
  return db.transaction(async (tx) => {
    // Two processes at their first start must not both make one.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('tillbridge platform key'))`);
    if (configured !== undefined) {
      const hash = hashApiKey(configured);
      await tx
        .update(apiKeys)
        .set({ revokedAt: sql`now()` })
        .where(
          and(
            isNull(apiKeys.tenant),
            eq(apiKeys.label, FROM_ENVIRONMENT),
            isNull(apiKeys.revokedAt),
            sql`${apiKeys.hash} <> ${hash}`,
          ),
        );
      await tx
        .insert(apiKeys)
        .values({ tenant: null, role: 'platform', label: FROM_ENVIRONMENT, hash })
        .onConflictDoUpdate({
          target: apiKeys.hash,
          set: { revokedAt: null },
          setWhere: sql`${apiKeys.tenant} is null`,
        });
      return null;
    }
    const [live] = await tx
      .select({ id: apiKeys.id })
      .from(apiKeys)
      .where(
        and(
          isNull(apiKeys.tenant),
          eq(apiKeys.role, 'platform'),
          isNull(apiKeys.revokedAt),
          or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
        ),
      )
      .limit(1);
    if (live) return null;
    const key = createApiKeyText('platform');
    await tx.insert(apiKeys).values({ tenant: null, role: 'platform', label: 'first start', hash: hashApiKey(key) });
    return key;
  });
}
