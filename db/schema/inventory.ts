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
import type { GuardSettings } from '../../domain/inventory/guard-settings.ts';
import type { ListingReason } from '../../domain/inventory/listing-reason.ts';
import type { MappingCandidate, MappingKey, MappingState } from '../../domain/inventory/mapping-state.ts';
import type { RunState, RunTrigger } from '../../domain/inventory/run-state.ts';
import type { TouchKind } from '../../domain/inventory/touch-kind.ts';
import { decimal, moment } from './columns.ts';
import { tenants } from './tenants.ts';

const tenant = () =>
  text()
    .notNull()
    .references(() => tenants.tenant, { onDelete: 'cascade' });

/**
 * For what pages and decisions bring by the hundred: a reference costs a look at the tenant's row for each, which took a
 * third of a page's time. Each page is written under its run's row, which has the reference, and each decision under the
 * tenant's own; `eraseTenant` deletes these with it.
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
    /** Amounts by price level, chosen or not, so that a change of settings needs no pull. 0 means no price. */
    prices: jsonb().$type<Record<string, string>>().notNull(),
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
    tenant: tenantOfMany(),
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
 */
export const touched = pgTable(
  'touched',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    tenant: tenant(),
    kind: text().$type<TouchKind>().notNull(),
    /** The SKU or POS item id; empty where everything is meant. */
    key: text().notNull(),
  },
  (t) => [index('touched_tenant').on(t.tenant)],
);

/**
 * Units that are kept from the web shop: at every location (`tenant`, key empty), at one, or of one SKU at each location.
 * The most specific counts.
 */
export const safetyStock = pgTable(
  'safety_stock',
  {
    tenant: tenant(),
    level: text().$type<'tenant' | 'location' | 'sku'>().notNull(),
    key: text().notNull(),
    units: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.level, t.key] })],
);

/** When changes are held for a person; without a row, the defaults of the domain. */
export const guardSettings = pgTable('guard_settings', {
  tenant: tenant().primaryKey(),
  settings: jsonb().$type<GuardSettings>().notNull(),
});

/** The open proposal of a tenant: the changes of `runId` that a person must approve; later runs replace it. */
export const proposals = pgTable('proposals', {
  tenant: tenant().primaryKey(),
  runId: uuid().notNull(),
  /** The feed's version that the changes were held back from. */
  baseVersion: bigint({ mode: 'number' }).notNull(),
  heldAt: moment().notNull().defaultNow(),
});

/**
 * A change of a listing that is not published: `held` until a person decides or the till says otherwise, `approved` until
 * it is applied, `rejected` for as long as the till says the same. `isChecked`: the item has been read again since.
 */
export const proposalRows = pgTable(
  'proposal_rows',
  {
    tenant: tenant(),
    sku: text().notNull(),
    kind: text().$type<'loss' | 'price'>().notNull(),
    state: text().$type<'held' | 'approved' | 'rejected'>().notNull(),
    isChecked: boolean().notNull(),
    /** As the listing is, and as it would be. */
    fromItemId: text(),
    itemId: text(),
    removed: boolean().notNull(),
    displayed: boolean().notNull(),
    reason: text().$type<ListingReason>().notNull(),
    quantity: integer().notNull(),
    price: decimal(),
    salePrice: decimal(),
    /** Units promised to orders when last decided: those promised since come off the listing as it is. */
    promised: decimal().notNull().default('0'),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.sku] })],
);

/** Up to which moment what time alone changes (a sale's start or end, an unpaid order's promise) has been decided. */
export const decidedUntil = pgTable('decided_until', { tenant: tenant().primaryKey(), moment: moment().notNull() });

/** What the storefront should show now. `removed` rows are tombstones. */
export const listings = pgTable(
  'listings',
  {
    tenant: tenantOfMany(),
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
    /** When the till took it from the web shop, hidden or emptied, and when it last moved its price far: the guard counts them. */
    lostAt: moment(),
    repricedAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.tenant, t.sku] }),
    index('listings_version').on(t.tenant, t.version),
    index('listings_displayed').on(t.tenant).where(sql`displayed and not removed`),
    index('listings_lost').on(t.tenant, t.lostAt).where(sql`lost_at is not null`),
    index('listings_repriced').on(t.tenant, t.repricedAt).where(sql`repriced_at is not null`),
  ],
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
    /** Of these: of SKUs that had none, shown that were not, and no longer shown. */
    mapped: integer().notNull().default(0),
    shown: integer().notNull().default(0),
    hidden: integer().notNull().default(0),
    /** Changes that this run held for a person, and what became of them. */
    heldChanges: integer().notNull().default(0),
    heldVerdict: text().$type<'approved' | 'rejected'>(),
    /** What a reader should know of how it was decided. */
    note: text(),
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
