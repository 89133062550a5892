import { sql } from 'drizzle-orm';
import type { TouchKind } from '../../domain/inventory/touch-kind.ts';
import type { Transaction } from '../database.ts';

export interface Touched {
  /** The whole till was read, all is decided otherwise, or it is too much to look for what belongs to each. */
  everything: boolean;
  skus: string[];
  itemIds: string[];
  /** Those of the POS items that were read from the till. */
  tillItemIds: string[];
  kinds: Set<TouchKind>;
}

/** More than this at once is decided as everything. */
const mostTouched = 10_000;

/**
 * Takes what was touched since it was last taken, with what time alone has changed since, up to `moment`, and what is
 * proposed. Rows are removed as they are read: what is touched meanwhile, by a transaction that commits later, stays for
 * the next decision. If this transaction is rolled back, so is the taking.
 * @param moment ISO, of the database's clock. @param unpaidMs how long an unpaid order reserves its units.
 */
export async function takeTouched(tx: Transaction, tenant: string, moment: string, unpaidMs: number): Promise<Touched> {
  const rows = await tx.execute<{ kind: TouchKind; key: string }>(sql`
    with taken as materialized (
      delete from touched where tenant = ${tenant} returning kind, key
    ) (select distinct kind, key from taken where key <> '' limit ${mostTouched + 1})
    union all select distinct kind, '' from taken`);
  const { isFirst, skus: passed } = await takePassed(tx, tenant, moment, unpaidMs);
  const kinds = new Set(rows.map(({ kind }) => kind));
  const keysOf = (kind: TouchKind) => rows.filter((row) => row.kind === kind && row.key !== '').map(({ key }) => key);
  const tillItemIds = keysOf('till');
  return {
    everything: isFirst || kinds.has('pull') || kinds.has('settings') || rows.length > mostTouched,
    skus: [...passed, ...keysOf('sku')],
    itemIds: [...keysOf('item'), ...tillItemIds],
    tillItemIds,
    kinds,
  };
}

/** What no transaction changes, but the clock: sales that begin or end, and unpaid orders that no longer reserve. */
async function takePassed(tx: Transaction, tenant: string, moment: string, unpaidMs: number) {
  const rows = await tx.execute<{ sku: string | null }>(sql`
    with before as materialized (
      select moment as since from decided_until where tenant = ${tenant}
    ), moved as (
      insert into decided_until as stored (tenant, moment) values (${tenant}, ${moment}::timestamptz)
      on conflict (tenant) do update set moment = greatest(stored.moment, excluded.moment)
    )
    select null as sku where not exists (select from before)
    union
    select c.sku from before join catalog_items c on c.sale_starts_at > since and c.sale_starts_at <= ${moment}::timestamptz
    where c.tenant = ${tenant}
    union
    select c.sku from before join catalog_items c on c.sale_ends_at > since and c.sale_ends_at <= ${moment}::timestamptz
    where c.tenant = ${tenant}
    union
    select l.sku from before
    join orders o on o.arrived_at >= since - ${unpaidMs} * interval '1 millisecond'
      and o.arrived_at < ${moment}::timestamptz - ${unpaidMs} * interval '1 millisecond'
    join order_lines l on l.tenant = o.tenant and l.order_id = o.order_id
    where o.tenant = ${tenant}
    union
    select sku from proposal_rows where tenant = ${tenant} and state <> 'rejected'`);
  return { isFirst: rows.some(({ sku }) => sku === null), skus: rows.flatMap(({ sku }) => sku ?? []) };
}
