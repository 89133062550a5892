import { sql } from 'drizzle-orm';
import type { KeyRing } from '../../runtime/key-ring.ts';
import type { Database } from '../database.ts';
import type { SealedColumn } from './sealed-columns.ts';

export interface Resealed {
  resealed: number;
  /** Values that no key of the ring opens: damaged, moved from elsewhere, or of a key that was taken out. */
  unreadable: number;
}

interface SealedRow extends Record<string, unknown> {
  at: string;
  tenant: string;
  sealed: string;
}

const atOnce = 200;

/**
 * Seals a column's values again with the ring's first key, in place, batch by batch, while others read and write them. A
 * batch holds its rows for some milliseconds; a row that somebody else holds (a token refresh holds its own until the new
 * pair is stored) is passed over and keeps what they write. Safe to repeat and to break off: what is done is done.
 */
export async function resealColumn(db: Database, ring: KeyRing, of: SealedColumn): Promise<Resealed> {
  const total: Resealed = { resealed: 0, unreadable: 0 };
  let after: string | null = '(0,0)';
  while (after !== null) {
    const batch: Resealed & { last: string | null } = await resealBatch(db, ring, of, after);
    total.resealed += batch.resealed;
    total.unreadable += batch.unreadable;
    after = batch.last;
  }
  return total;
}

/** One batch, in the order in which the rows lie on disk; `last` null: there is no further one. */
async function resealBatch(
  db: Database,
  ring: KeyRing,
  { table, column, binding }: SealedColumn,
  after: string,
): Promise<Resealed & { last: string | null }> {
  const [name, value] = [sql.identifier(table), sql.identifier(column)];
  return db.transaction(async (tx) => {
    const rows = await tx.execute<SealedRow>(sql`
      select ctid::text as at, tenant, ${value} as sealed from ${name}
      where ${value} not like ${`v1.${ring.keyIds[0]}.%`} and ctid > ${after}::tid
      order by ctid limit ${atOnce} for update skip locked`);
    const opened = rows.flatMap(({ at, tenant, sealed }) => {
      const plain = tryOpen(ring, sealed, `${tenant}/${binding}`);
      return plain === null ? [] : [{ at, old: sealed, now: ring.seal(plain, `${tenant}/${binding}`) }];
    });
    await tx.execute(sql`
      update ${name} set ${value} = made.now
      from jsonb_to_recordset(${JSON.stringify(opened)}::jsonb) as made(at tid, old text, now text)
      where ${name}.ctid = made.at and ${name}.${value} = made.old`);
    const last = rows.length < atOnce ? null : rows.at(-1)!.at;
    return { resealed: opened.length, unreadable: rows.length - opened.length, last };
  });
}

function tryOpen(ring: KeyRing, sealed: string, binding: string): string | null {
  try {
    return ring.open(sealed, binding);
  } catch {
    return null; // counted as unreadable
  }
}
