import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { TouchKind } from '../../domain/inventory/touch-kind.ts';
import type { Transaction } from '../database.ts';

/** Says that these SKUs or POS items must be decided again. Call it in the transaction of what has changed. */
export async function touch(
  tx: Transaction,
  tenant: string,
  kind: 'sku' | 'item' | 'till',
  keys: Iterable<string>,
): Promise<void> {
  const list = [...new Set(keys)];
  if (list.length === 0) return;
  await touchSelected(tx, tenant, kind, sql`select jsonb_array_elements_text(${JSON.stringify(list)}::jsonb)`);
}

/** As `touch`, of the rows of a query of one column. */
export async function touchSelected(tx: Transaction, tenant: string, kind: TouchKind, keys: SQL): Promise<void> {
  await tx.execute(sql`insert into touched (tenant, kind, key) select ${tenant}, ${kind}, key from (${keys}) k(key)`);
}

/** Says that everything must be decided again: the whole till was read, or a person changed how all is decided. */
export async function touchEverything(tx: Transaction, tenant: string, why: 'pull' | 'settings'): Promise<void> {
  await tx.execute(sql`insert into touched (tenant, kind, key) values (${tenant}, ${why}, '')`);
}

/** Whether the tenant's till was ever read completely: before, nothing is decided, and then everything is. */
export function isPulled(tenant: string): SQL {
  return sql`exists (select from pull_cursors where tenant = ${tenant} and stream = 'full' and watermark is not null)`;
}
