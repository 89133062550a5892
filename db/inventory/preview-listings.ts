import { sql } from 'drizzle-orm';
import type { ListingReason } from '../../domain/inventory/listing-reason.ts';
import type { MappingState } from '../../domain/inventory/mapping-state.ts';
import { Problem } from '../../domain/problem.ts';
import { defaultSettings } from '../../domain/setup/default-settings.ts';
import type { Database, Transaction } from '../database.ts';
import { isTimeout } from '../is-timeout.ts';
import { rollBack } from '../roll-back.ts';
import { unguarded } from './guard.ts';
import { lockDecisions } from './lock-decisions.ts';
import { matchCatalog } from './match-catalog.ts';
import { publishListings } from './publish-listings.ts';
import { readClock } from './read-clock.ts';

/** How many items are alike, and the first ten of them by SKU. */
export interface Alike<Key, Sample> {
  key: Key;
  count: number;
  samples: Sample[];
}

export interface ListingPreview {
  mappings: Alike<MappingState, { sku: string; description: string; itemId: string | null; why: string }>[];
  listings: Alike<
    ListingReason,
    { sku: string; description: string; quantity: number; price: string | null; salePrice: string | null }
  >[];
}

/** What takes longer gets in the way of those who wait for the same rows. */
const statementMs = 20_000;
const lockMs = 5_000;
const sampleSize = 10;

/**
 * What the settings as they are now would give, by the statements that match and publish, in a transaction that is undone:
 * nobody sees it, and no version of the feed is taken. What isn't chosen yet has its default.
 * @throws Problem `unavailable` while another preview, or a decision, takes too long.
 */
export async function previewListings(db: Database, tenant: string, unpaidMs: number): Promise<ListingPreview> {
  return rollBack(db, async (tx) => {
    await tx.execute(sql`
      select set_config('statement_timeout', ${`${statementMs}`}, true), set_config('lock_timeout', ${`${lockMs}`}, true)`);
    const [free] = await tx.execute<{ free: boolean }>(sql`
      select pg_try_advisory_xact_lock(hashtext('preview-listings'), hashtext(${tenant})) as free`);
    if (!free!.free) throw tooBusy();
    await lockDecisions(tx, tenant);
    await assumeDefaults(tx, tenant);
    const scope = 'everything';
    await matchCatalog(tx, tenant, scope);
    await publishListings(tx, tenant, { scope, moment: await readClock(tx), unpaidMs, guard: unguarded });
    return { mappings: await groupMappings(tx, tenant), listings: await groupListings(tx, tenant) };
  }).catch((error: unknown) => {
    if (isTimeout(error)) throw tooBusy();
    throw error;
  });
}

/** Writes only where something isn't chosen, so that after completion nobody waits for the row. */
async function assumeDefaults(tx: Transaction, tenant: string): Promise<void> {
  const { importSettings, pricing } = defaultSettings;
  await tx.execute(sql`
    update setups set import_settings = coalesce(import_settings, ${JSON.stringify(importSettings)}::jsonb),
      pricing = coalesce(pricing, ${JSON.stringify(pricing)}::jsonb)
    where tenant = ${tenant} and (import_settings is null or pricing is null)`);
}

async function groupMappings(tx: Transaction, tenant: string): Promise<ListingPreview['mappings']> {
  return tx.execute<ListingPreview['mappings'][number] & Record<string, unknown>>(sql`
    select state as key, count(*)::int as count, jsonb_agg(
        jsonb_build_object('sku', sku, 'description', description, 'itemId', item_id, 'why', reason) order by place
      ) filter (where place <= ${sampleSize}) as samples
    from (
      select m.*, c.description, row_number() over (partition by m.state order by m.sku) as place
      from mappings m join catalog_items c on c.tenant = m.tenant and c.sku = m.sku where m.tenant = ${tenant}
    ) m group by state order by count desc, state`);
}

async function groupListings(tx: Transaction, tenant: string): Promise<ListingPreview['listings']> {
  return tx.execute<ListingPreview['listings'][number] & Record<string, unknown>>(sql`
    select reason as key, count(*)::int as count, jsonb_agg(jsonb_build_object('sku', sku, 'description', description,
        'quantity', quantity, 'price', price::text, 'salePrice', sale_price::text) order by place
      ) filter (where place <= ${sampleSize}) as samples
    from (
      select l.*, c.description, row_number() over (partition by l.reason order by l.sku) as place
      from listings l join catalog_items c on c.tenant = l.tenant and c.sku = l.sku
      where l.tenant = ${tenant} and not l.removed
    ) l group by reason order by count desc, reason`);
}

function tooBusy(): Problem {
  return new Problem('unavailable', 'The preview can not be made right now: the listings are being worked on', {
    remedy: 'Ask again in a few seconds',
  });
}
