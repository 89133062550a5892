import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { GuardSettings } from '../../domain/inventory/guard-settings.ts';
import { defaultGuard } from '../../domain/inventory/guard-settings.ts';
import type { Database, Transaction } from '../database.ts';
import type { Touched } from './take-touched.ts';

/** Which changes of a decision the guard counts, and by which limits. */
export interface Guard {
  settings: GuardSettings;
  /** `everything`: what a whole pull brings. Else what follows from items read, but for SKUs that a person or an order touched. */
  watched: 'everything' | { tillItemIds: string[]; exempt: 'everything' | string[] };
}

/** The tenant's limits, or the defaults. */
export async function readGuardSettings(db: Database | Transaction, tenant: string): Promise<GuardSettings> {
  const [row] = await db.execute<{ settings: GuardSettings }>(sql`
    select settings from guard_settings where tenant = ${tenant}`);
  return row?.settings ?? defaultGuard;
}

/**
 * What a person, the storefront, an order or the clock changes is meant and goes out; what the till says may be a failed
 * answer. What can't be told apart is watched.
 */
export function guardOf(touched: Touched, settings: GuardSettings): Guard {
  const { kinds, everything, tillItemIds, skus } = touched;
  const isTold = !everything || kinds.has('settings');
  if (kinds.has('pull') || (!isTold && kinds.has('till'))) return { settings, watched: 'everything' };
  return { settings, watched: { tillItemIds, exempt: kinds.has('settings') ? 'everything' : skus } };
}

/** Whether a change is watched, of rows `w` (wanted), `l` (the listing) and `p` (the row proposed before, if any). */
export function isWatched({ watched }: Guard): SQL {
  if (watched === 'everything') return sql`true`;
  const { tillItemIds, exempt } = watched;
  if (tillItemIds.length === 0) return sql`p.sku is not null`;
  const read = sql`${sql.param(tillItemIds)}::text[]`;
  const follows = exempt === 'everything' ? sql`false` : sql`w.sku <> all(${sql.param(exempt)}::text[])`;
  return sql`(p.sku is not null or w.item_id = any(${read}) or l.item_id = any(${read}) or ${follows})`;
}

/** Watches nothing but what is proposed already. */
export const unguarded: Guard = { settings: defaultGuard, watched: { tillItemIds: [], exempt: 'everything' } };
