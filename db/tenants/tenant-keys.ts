import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Role } from '../../domain/tenants/role.ts';
import type { Database } from '../database.ts';
import { apiKeys } from '../schema/tenants.ts';
import { createApiKeyText, hashApiKey } from './api-key-text.ts';

const shown = {
  id: apiKeys.id,
  role: apiKeys.role,
  label: apiKeys.label,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
};

/** Makes a key. Its text is returned this once: only the hash is stored. */
export async function createKey(
  db: Database,
  tenant: string,
  facts: { role: Exclude<Role, 'platform'>; label: string; expiresAt: Date | null },
) {
  const key = createApiKeyText(facts.role);
  const [row] = await db
    .insert(apiKeys)
    .values({ tenant, hash: hashApiKey(key), ...facts })
    .returning(shown);
  return { key, row: row! };
}

/** A tenant's keys, newest first, revoked ones included, without their texts. */
export async function listKeys(db: Database, tenant: string) {
  return db.select(shown).from(apiKeys).where(eq(apiKeys.tenant, tenant)).orderBy(desc(apiKeys.createdAt)).limit(500);
}

/** Ends a key at once: every request looks it up anew. False when the tenant has no such key; a revoked one is fine. */
export async function revokeKey(db: Database, tenant: string, id: string): Promise<boolean> {
  const isKey = and(eq(apiKeys.tenant, tenant), eq(apiKeys.id, id));
  await db
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(and(isKey, isNull(apiKeys.revokedAt)));
  return (await db.$count(apiKeys, isKey)) === 1;
}
