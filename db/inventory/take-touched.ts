import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';

export interface Touched {
  /** The whole till was read, or all is decided otherwise: SKUs and items aren't told. */
  everything: boolean;
  skus: string[];
  itemIds: string[];
}

/** More than this at once is decided as everything: to look for what belongs to each would take longer. */
const mostTouched = 10_000;

/**
 * Takes what was touched since it was last taken, with what time alone has changed since, up to `moment`. Rows are
 * removed as they are read: what is touched meanwhile, by a transaction that commits later, stays for the next decision.
 * If this transaction is rolled back, so is the taking.
 * @param moment ISO, of the database's clock. @param unpaidMs how long an unpaid order reserves its units.
 */
export async function takeTouched(tx: Transaction, tenant: string, moment: string, unpaidMs: number): Promise<Touched> {
  const rows = await tx.execute<{ kind: string; key: string }>(sql`
    with taken as (
      delete from touched where tenant = ${tenant} returning kind, key
    ) select distinct kind, key from taken limit ${mostTouched + 1}`);
  const passed = await tx.execute<{ sku: string | null }>(sql`
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
    where o.tenant = ${tenant}`);
  const isWhole = (kind: string) => kind === 'pull' || kind === 'settings';
  const skus = [...passed.flatMap(({ sku }) => sku ?? []), ...keysOf(rows, 'sku')];
  const everything =
    rows.some(({ kind }) => isWhole(kind)) || passed.some(({ sku }) => sku === null) || rows.length > mostTouched;
  return everything ? { everything, skus: [], itemIds: [] } : { everything, skus, itemIds: keysOf(rows, 'item') };
}

function keysOf(rows: { kind: string; key: string }[], kind: string): string[] {
  return rows.filter((row) => row.kind === kind).map(({ key }) => key);
}
