import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ListingReason } from '../../domain/inventory/listing-reason.ts';
import type { MappingCandidate, MappingKey, MappingState } from '../../domain/inventory/mapping-state.ts';
import type { RunState, RunTrigger } from '../../domain/inventory/run-state.ts';
import { decimal, moment } from './columns.ts';
import { tenants } from './tenants.ts';

const tenant = () =>
  text()
    .notNull()
    .references(() => tenants.tenant, { onDelete: 'cascade' });

/**
 * For what pages bring by the hundred: a reference costs a look at the tenant's row for each, which took a third of a
 * page's time. Each page is written under its run's row, which has the reference; `eraseTenant` deletes these with it.
 */
const tenantOfMany = () => text().notNull();

/** A storefront store. */
export const locations = pgTable(
  'locations',
  { tenant: tenant(), locationId: text().notNull(), name: text().notNull() },
  (t) => [primaryKey({ columns: [t.tenant, t.locationId] })],
);

/** What the storefront sells. `*Key` columns are the normalised forms that matching compares (domain/inventory). */
export const catalogItems = pgTable(
  'catalog_items',
  {
    tenant: tenant(),
    sku: text().notNull(),
    description: text().notNull(),
    brand: text(),
    category: text(),
    gtin1: text(),
    gtin2: text(),
    mpn: text(),
    /** GTIN-14 with a valid check digit, else null. */
    gtin1Key: text(),
    gtin2Key: text(),
    /** The stripped digits of a code whose check digit is wrong: matches the identical string only, as pending. */
    gtin1Raw: text(),
    gtin2Raw: text(),
    mpnKey: text(),
    brandKey: text(),
    /** As the storefront gave them: a date (`2026-12-01`) or a moment. */
    saleStart: text(),
    saleEnd: text(),
    /** The same as moments in the tenant's zone; the end is exclusive. */
    saleStartsAt: moment(),
    saleEndsAt: moment(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenant, t.sku] }),
    index('catalog_items_gtin1').on(t.tenant, t.gtin1Key),
    index('catalog_items_gtin2').on(t.tenant, t.gtin2Key),
    index('catalog_items_mpn').on(t.tenant, t.mpnKey),
    index('catalog_items_brand').on(t.tenant, t.brand),
    index('catalog_items_category').on(t.tenant, t.category),
    // What is no valid code is rare: such indexes are next to empty.
    index('catalog_items_gtin1_raw').on(t.tenant, t.gtin1Raw).where(sql`gtin1_raw is not null`),
    index('catalog_items_gtin2_raw').on(t.tenant, t.gtin2Raw).where(sql`gtin2_raw is not null`),
    index('catalog_items_sale_start').on(t.tenant, t.saleStartsAt).where(sql`sale_starts_at is not null`),
    index('catalog_items_sale_end').on(t.tenant, t.saleEndsAt).where(sql`sale_ends_at is not null`),
    /** The expression of `catalogSearch`, letter by letter, or it is not used. Needs pg_trgm and btree_gin. */
    index('catalog_items_search').using(
      'gin',
      t.tenant,
      sql`(sku || ' ' || description || ' ' || coalesce(brand, '') || ' ' || coalesce(mpn, '')) gin_trgm_ops`,
    ),
  ],
);

/** A Lightspeed Item, as last read. `seenAt` (our clock) is when a pull or poll last returned it. */
export const posItems = pgTable(
  'pos_items',
  {
    tenant: tenantOfMany(),
    itemId: text().notNull(),
    systemSku: text().notNull(),
    description: text().notNull(),
    itemType: text().notNull(),
    upc: text(),
    ean: text(),
    customSku: text(),
    manufacturerSku: text(),
    manufacturerId: text().notNull(),
    taxClassId: text().notNull(),
    taxable: boolean().notNull(),
    upcKey: text(),
    eanKey: text(),
    upcRaw: text(),
    eanRaw: text(),
    mpnKey: text(),
    archived: boolean().notNull(),
    timeStamp: moment().notNull(),
    seenAt: moment().notNull(),
    /** Set when a complete pull no longer returned the item. */
    retiredAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.tenant, t.itemId] }),
    index('pos_items_upc').on(t.tenant, t.upcKey),
    index('pos_items_ean').on(t.tenant, t.eanKey),
    index('pos_items_upc_raw').on(t.tenant, t.upcRaw).where(sql`upc_raw is not null`),
    index('pos_items_ean_raw').on(t.tenant, t.eanRaw).where(sql`ean_raw is not null`),
    index('pos_items_mpn').on(t.tenant, t.mpnKey),
  ],
);

/** Every price level of every POS item, chosen or not, so that a change of settings needs no pull. 0 means no price. */
export const posPrices = pgTable(
  'pos_prices',
  { tenant: tenantOfMany(), itemId: text().notNull(), levelId: text().notNull(), amount: decimal().notNull() },
  (t) => [primaryKey({ columns: [t.tenant, t.itemId, t.levelId] })],
);

/** Every shop's stock row, mapped or not; never the `shopID` 0 sums. */
export const posStock = pgTable(
  'pos_stock',
  {
    tenant: tenantOfMany(),
    itemId: text().notNull(),
    shopId: text().notNull(),
    qoh: decimal().notNull(),
    sellable: decimal().notNull(),
    backorder: decimal().notNull(),
    reorderPoint: decimal().notNull(),
    reorderLevel: decimal().notNull(),
    timeStamp: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.itemId, t.shopId] })],
);

/**
 * When availability last asked the till for an item, and when it last had the answer in the tables (our clock). A newer
 * question than answer is under way, or was in vain.
 */
export const liveReads = pgTable(
  'live_reads',
  { tenant: tenant(), itemId: text().notNull(), askedAt: moment().notNull(), readAt: moment() },
  (t) => [primaryKey({ columns: [t.tenant, t.itemId] })],
);

/** Lightspeed's manufacturers: the brand of a POS item. `name` is null until it has been read. */
export const posManufacturers = pgTable(
  'pos_manufacturers',
  { tenant: tenant(), manufacturerId: text().notNull(), name: text(), brandKey: text() },
  (t) => [primaryKey({ columns: [t.tenant, t.manufacturerId] })],
);

/** One row per catalogue item: what it is matched to, or why not. */
export const mappings = pgTable(
  'mappings',
  {
    tenant: tenant(),
    sku: text().notNull(),
    state: text().$type<MappingState>().notNull(),
    itemId: text(),
    matchedBy: text().$type<MappingKey>(),
    candidates: jsonb().$type<MappingCandidate[]>().notNull(),
    reason: text().notNull(),
    /** When `mapping.pending` told of it; null while nobody was told, and again once it no longer waits. */
    toldAt: moment(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenant, t.sku] }),
    index('mappings_untold').on(t.tenant).where(sql`told_at is null and state in ('pending', 'ambiguous')`),
    index('mappings_told').on(t.tenant).where(sql`told_at is not null`),
    index('mappings_state').on(t.tenant, t.state, t.sku),
    index('mappings_item').on(t.tenant, t.itemId),
    index('mappings_candidates')
      .using('gin', t.tenant, t.candidates.op('jsonb_path_ops'))
      .with({ fastupdate: false })
      .where(sql`state in ('pending', 'ambiguous')`),
  ],
);

/** A person's yes or no about a pair (R20): outlives every sync. */
export const mappingDecisions = pgTable(
  'mapping_decisions',
  {
    tenant: tenant(),
    sku: text().notNull(),
    itemId: text().notNull(),
    decision: text().$type<'accepted' | 'rejected'>().notNull(),
    keyId: uuid(),
    decidedAt: moment().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.sku, t.itemId] }), index('mapping_decisions_item').on(t.tenant, t.itemId)],
);

/**
 * What has changed since listings were last decided: written in the transaction of the change, taken by the decision.
 * `pull` and `settings` mean everything, and why: the whole till was read, or a person changed how all is decided.
 */
export const touched = pgTable(
  'touched',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    tenant: tenant(),
    kind: text().$type<'sku' | 'item' | 'pull' | 'settings'>().notNull(),
    /** The SKU or POS item id; empty where everything is meant. */
    key: text().notNull(),
  },
  (t) => [index('touched_tenant').on(t.tenant)],
);

/** Up to which moment what time alone changes (a sale's start or end, an unpaid order's promise) has been decided. */
export const decidedUntil = pgTable('decided_until', { tenant: tenant().primaryKey(), moment: moment().notNull() });

/** What the storefront should show now. `removed` rows are tombstones. */
export const listings = pgTable(
  'listings',
  {
    tenant: tenant(),
    sku: text().notNull(),
    version: bigint({ mode: 'number' }).notNull(),
    itemId: text(),
    removed: boolean().notNull(),
    displayed: boolean().notNull(),
    reason: text().$type<ListingReason>().notNull(),
    quantity: integer().notNull(),
    quantityByLocation: jsonb().$type<Record<string, number>>().notNull(),
    price: decimal(),
    salePrice: decimal(),
    saleReason: text(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.sku] }), index('listings_version').on(t.tenant, t.version)],
);

/** One run of the inventory sync: what ran, when, with what result (R34). `fence` refuses a frozen worker's late writes. */
export const syncRuns = pgTable(
  'sync_runs',
  {
    id: uuid().primaryKey().defaultRandom(),
    tenant: tenant(),
    trigger: text().$type<RunTrigger>().notNull(),
    mode: text().$type<'poll' | 'local' | 'full'>().notNull(),
    state: text().$type<RunState>().notNull(),
    connectionId: uuid(),
    fence: integer().notNull().default(0),
    startedAt: moment().notNull().defaultNow(),
    endedAt: moment(),
    pages: integer().notNull().default(0),
    pagesExpected: integer(),
    itemsSeen: integer().notNull().default(0),
    stockRowsSeen: integer().notNull().default(0),
    calls: integer().notNull().default(0),
    drips: decimal().notNull().default('0'),
    waitedMs: integer().notNull().default(0),
    listingsChanged: integer().notNull().default(0),
    errorCode: text(),
    errorMessage: text(),
  },
  (t) => [index('sync_runs_tenant').on(t.tenant, t.startedAt)],
);

/** A run that somebody asked for and that has not begun yet: the next run takes it over and bears its trigger. */
export const syncRequests = pgTable('sync_requests', {
  tenant: tenant().primaryKey(),
  trigger: text().$type<RunTrigger>().notNull(),
  requestedAt: moment().notNull().defaultNow(),
});

/**
 * Where a pull stands. `watermark` is a timestamp the till returned, never our clock; that of `full` is set once a full
 * pull was complete: until then nothing is decided. `next` is the till's own cursor, committed with the rows of the page
 * before it, and belongs to the run in `runId`.
 */
export const pullCursors = pgTable(
  'pull_cursors',
  {
    tenant: tenant(),
    stream: text().$type<'items' | 'stock' | 'full'>().notNull(),
    connectionId: uuid().notNull(),
    watermark: moment(),
    runId: uuid(),
    next: text(),
    pages: integer().notNull().default(0),
    updatedAt: moment().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.stream] })],
);
