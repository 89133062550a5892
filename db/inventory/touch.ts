import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';

/** Says that these SKUs must be decided again. Call it in the transaction of what has changed. */
export async function touchSkus(tx: Transaction, tenant: string, skus: Iterable<string>): Promise<void> {
  await touchKeys(tx, tenant, 'sku', new Set(skus));
}

/** Says that what these POS items are matched to must be decided again, as `touchSkus`. */
export async function touchItems(tx: Transaction, tenant: string, itemIds: Iterable<string>): Promise<void> {
  await touchKeys(tx, tenant, 'item', new Set(itemIds));
}

/** As `touchSkus`, of the rows of one column of a query. */
export async function touchSelected(tx: Transaction, tenant: string, kind: 'sku' | 'item', keys: SQL): Promise<void> {
  await tx.execute(sql`insert into touched (tenant, kind, key) select ${tenant}, ${kind}, key from (${keys}) k(key)`);
}

/** Says that everything must be decided again: the whole till was read, or a person changed how all is decided. */
export async function touchEverything(tx: Transaction, tenant: string, why: 'pull' | 'settings'): Promise<void> {
  await tx.execute(sql`insert into touched (tenant, kind, key) values (${tenant}, ${why}, '')`);
}

async function touchKeys(tx: Transaction, tenant: string, kind: 'sku' | 'item', keys: Set<string>): Promise<void> {
  if (keys.size === 0) return;
  const list = JSON.stringify([...keys]);
  await touchSelected(tx, tenant, kind, sql`select jsonb_array_elements_text(${list}::jsonb)`);
}
