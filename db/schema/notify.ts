import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { EventType } from '../../domain/notify/event-type.ts';
import { moment } from './columns.ts';
import { tenants } from './tenants.ts';

const tenant = () =>
  text()
    .notNull()
    .references(() => tenants.tenant, { onDelete: 'cascade' });

/** Where a tenant's events go. The signing secret is sealed. */
export const webhooks = pgTable('webhooks', {
  tenant: tenant().primaryKey(),
  url: text().notNull(),
  secret: text().notNull(),
  updatedAt: moment().notNull().defaultNow(),
});

/** Events, written in the transaction of what they tell, numbered so that commit order is number order. */
export const outbox = pgTable(
  'outbox',
  {
    tenant: tenant(),
    number: bigint({ mode: 'number' }).notNull(),
    /** The event's stable id, as receivers see it. */
    id: uuid().notNull().defaultRandom(),
    type: text().$type<EventType>().notNull(),
    /** What keeps its order: `order:1001`, `listings`, `setup`. */
    subject: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: moment().notNull().defaultNow(),
    deliveredAt: moment(),
    /** Also the fence of an attempt: its outcome counts only while this is unchanged. */
    attempts: integer().notNull().default(0),
    firstAttemptAt: moment(),
    nextAttemptAt: moment().notNull().defaultNow(),
    lastError: text(),
  },
  (t) => [
    primaryKey({ columns: [t.tenant, t.number] }),
    uniqueIndex('outbox_id').on(t.id),
    /** Each subject's oldest event still to be delivered. */
    index('outbox_waiting').on(t.tenant, t.subject, t.number).where(sql`delivered_at is null`),
  ],
);

/** What a person must decide (R36). At most one open row per subject and code. */
export const attention = pgTable(
  'attention',
  {
    id: uuid().primaryKey().defaultRandom(),
    tenant: tenant(),
    subjectKind: text().$type<'connection' | 'setup' | 'sync' | 'mapping' | 'order' | 'event'>().notNull(),
    subjectId: text().notNull(),
    code: text().notNull(),
    message: text().notNull(),
    remedy: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    resolvedAt: moment(),
  },
  (t) => [
    uniqueIndex('attention_open').on(t.tenant, t.subjectKind, t.subjectId, t.code).where(sql`resolved_at is null`),
  ],
);

/**
 * Signals owed: written in the transaction of a fact, deleted once the workflow has been signalled. The sweep signals
 * what is left, so that a crash between commit and signal loses nothing.
 */
export const wakeUps = pgTable(
  'wake_ups',
  {
    tenant: tenant(),
    kind: text().$type<'order-export' | 'order-refund' | 'notify' | 'sale-boundary' | 'connection-health'>().notNull(),
    subject: text().notNull(),
    /** Rises with every request, so that deleting after a signal never deletes a newer one. */
    requests: integer().notNull().default(1),
    requestedAt: moment().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.kind, t.subject] }), index('wake_ups_age').on(t.requestedAt)],
);
