import { bigint, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
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
