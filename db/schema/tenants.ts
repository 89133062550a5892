import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Role } from '../../domain/tenants/role.ts';
import { moment } from './columns.ts';

/** One retailer. `feedVersion` and `eventNumber` are taken by UPDATE … RETURNING, so that commit order is number order. */
export const tenants = pgTable('tenants', {
  tenant: text().primaryKey(),
  name: text().notNull(),
  timeZone: text().notNull(),
  currency: text().notNull(),
  feedVersion: bigint({ mode: 'number' }).notNull().default(0),
  eventNumber: bigint({ mode: 'number' }).notNull().default(0),
  /** When `mapping.pending` was last sent: at most once a day. */
  pendingToldAt: moment(),
  createdAt: moment().notNull().defaultNow(),
});

/** API keys: only a hash is stored. `tenant` is null for the platform's own keys. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid().primaryKey().defaultRandom(),
    tenant: text().references(() => tenants.tenant, { onDelete: 'cascade' }),
    role: text().$type<Role>().notNull(),
    label: text().notNull(),
    hash: text().notNull().unique(),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment(),
    lastUsedAt: moment(),
    revokedAt: moment(),
  },
  (t) => [index('api_keys_tenant').on(t.tenant)],
);

/**
 * That a tenant was to be erased, by which key, and how far that has come: its slug and counts are all that stays of it.
 * While one is open the tenant's keys don't work and nobody else may have its slug.
 */
export const tenantRemovals = pgTable(
  'tenant_removals',
  {
    id: uuid().primaryKey().defaultRandom(),
    tenant: text().notNull(),
    keyId: uuid(),
    requestedAt: moment().notNull().defaultNow(),
    rowsErased: bigint({ mode: 'number' }).notNull().default(0),
    runsEnded: bigint({ mode: 'number' }).notNull().default(0),
    /** Null until they are revoked, or Lightspeed didn't answer for a day. */
    tokensRevoked: boolean(),
    endedAt: moment(),
  },
  (t) => [
    uniqueIndex('tenant_removals_open').on(t.tenant).where(sql`ended_at is null`),
    index('tenant_removals_tenant').on(t.tenant, t.requestedAt),
  ],
);
