import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ConnectionState } from '../../domain/setup/connection-state.ts';
import type {
  ImportSettings,
  OrderExportSettings,
  PricingSettings,
  SyncSettings,
} from '../../domain/setup/settings.ts';
import { decimal, moment } from './columns.ts';
import { tenants } from './tenants.ts';

const tenant = () =>
  text()
    .notNull()
    .references(() => tenants.tenant, { onDelete: 'cascade' });

/** What the wizard has collected. Nothing runs until `completedAt` is set; `version` is the ETag of the whole. */
export const setups = pgTable('setups', {
  tenant: tenant().primaryKey(),
  version: integer().notNull().default(1),
  storesDone: boolean().notNull().default(false),
  importSettings: jsonb().$type<ImportSettings>(),
  pricing: jsonb().$type<PricingSettings>(),
  orderExport: jsonb().$type<OrderExportSettings>(),
  sync: jsonb().$type<SyncSettings>().notNull(),
  /** What an admin should know although the step was accepted, by step, as of its last save. */
  warnings: jsonb().$type<Record<string, string[]>>().notNull().default({}),
  /** The last reminder sent, as the wizard's run and the reminder's number: a repeated activity sends none twice. */
  lastReminder: text(),
  completedAt: moment(),
  /** Orders placed before this moment are never exported by a switch alone. */
  exportFrom: moment(),
  pausedAt: moment(),
  updatedAt: moment().notNull().defaultNow(),
});

/** Who changed what, and when: one row per accepted step. `requestId` makes a repeated request find its first result. */
export const setupChanges = pgTable(
  'setup_changes',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    tenant: tenant(),
    at: moment().notNull().defaultNow(),
    step: text().notNull(),
    requestId: text().notNull(),
    keyId: uuid(),
    version: integer().notNull(),
    choice: jsonb().$type<unknown>().notNull(),
  },
  (t) => [
    index('setup_changes_tenant').on(t.tenant, t.id),
    uniqueIndex('setup_changes_request').on(t.tenant, t.requestId),
  ],
);

/** Which storefront location a Lightspeed shop feeds. Many shops may feed one location; one shop feeds one. */
export const storeMappings = pgTable(
  'store_mappings',
  { tenant: tenant(), shopId: text().notNull(), shopName: text().notNull(), locationId: text().notNull() },
  (t) => [primaryKey({ columns: [t.tenant, t.shopId] })],
);

/**
 * One attempt to connect: single use, expiring. The state is stored as a hash; the verifier, the code and then the pair
 * it was exchanged for are sealed, and forgotten with the outcome.
 */
export const connectAttempts = pgTable(
  'connect_attempts',
  {
    id: uuid().primaryKey().defaultRandom(),
    tenant: tenant(),
    stateHash: text().notNull().unique(),
    verifier: text().notNull(),
    takeOver: boolean().notNull().default(false),
    changeAccount: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
    code: text(),
    tokenPair: text(),
    outcome: text(),
    outcomeMessage: text(),
    keyId: uuid(),
  },
  (t) => [index('connect_attempts_tenant').on(t.tenant, t.createdAt)],
);

/** A Lightspeed account connected to a tenant, with its sealed token pair. `tokenVersion` rises with every rotation. */
export const connections = pgTable(
  'connections',
  {
    id: uuid().primaryKey().defaultRandom(),
    tenant: tenant(),
    accountId: text().notNull(),
    accountName: text().notNull(),
    userName: text().notNull(),
    employeeId: text().notNull(),
    state: text().$type<ConnectionState>().notNull(),
    stateReason: text(),
    accessToken: text(),
    refreshToken: text(),
    tokenVersion: integer().notNull().default(1),
    accessExpiresAt: moment().notNull(),
    /** When a refresh last failed: the vendor allows five a minute. */
    refreshFailedAt: moment(),
    /** When its pair was last refreshed: one that is refused right after isn't refreshed again at once. */
    refreshedAt: moment(),
    connectedAt: moment().notNull().defaultNow(),
    /** When its health was last looked at; a lost one is probed ever more rarely. */
    checkedAt: moment().notNull().defaultNow(),
    failedProbes: integer().notNull().default(0),
    endedAt: moment(),
  },
  (t) => [
    uniqueIndex('connections_one_live_per_tenant').on(t.tenant).where(sql`state in ('active', 'lost')`),
    uniqueIndex('connections_one_tenant_per_account').on(t.accountId).where(sql`state in ('active', 'lost')`),
  ],
);

/**
 * Lightspeed's leaky bucket per account, as all workers together know it: costs, levels and sizes in drips, the drip rate
 * a second. The burst limiter is kept as a bucket of calls. Both levels are those of `levelAt`.
 */
export const rateBuckets = pgTable('rate_buckets', {
  accountId: text().primaryKey(),
  level: decimal().notNull(),
  size: decimal().notNull(),
  dripRate: decimal().notNull(),
  levelAt: moment().notNull(),
  correctedAt: moment(),
  burstLevel: decimal().notNull(),
  burstLimit: integer().notNull(),
  blockedUntil: moment(),
});

/**
 * Calls whose cost the level in an answer's header may not hold yet: those not answered, and those answered since the
 * answered call was acquired. What is never answered expires.
 */
export const rateCalls = pgTable(
  'rate_calls',
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: text()
      .notNull()
      .references(() => rateBuckets.accountId, { onDelete: 'cascade' }),
    cost: decimal().notNull(),
    acquiredAt: moment().notNull(),
    answeredAt: moment(),
    expiresAt: moment().notNull(),
  },
  (t) => [index('rate_calls_account').on(t.accountId)],
);
