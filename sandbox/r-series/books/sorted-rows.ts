import type { Row } from './row.ts';

type Position = readonly [value: unknown, id: number];

/**
 * A table's rows in order of one field, then id. Changes are only noted; the next reader merges them in linear time, so a
 * poll of 100,000 rows never sorts them again and a burst of changes costs one merge.
 */
export class SortedRows<R extends Row> {
  readonly #field: string;
  readonly #key: string;
  #rows: R[] = [];
  #stale = new Set<R>();
  #added = new Set<R>();

  constructor(field: string, key: string) {
    this.#field = field;
    this.#key = key;
  }

  /** Notes a new row or one whose field has changed. */
  put(row: R, isNew: boolean): void {
    if (!isNew) this.#stale.add(row);
    this.#added.add(row);
  }

  drop(row: R): void {
    this.#added.delete(row);
    this.#stale.add(row);
  }

  rows(): readonly R[] {
    if (this.#stale.size > 0) this.#rows = this.#rows.filter((row) => !this.#stale.has(row));
    if (this.#added.size > 0)
      this.#rows = this.#merge([...this.#added].sort((a, b) => this.compare(a, this.positionOf(b))));
    this.#stale = new Set();
    this.#added = new Set();
    return this.#rows;
  }

  positionOf(row: R): Position {
    return [row[this.#field], row[this.#key] as number];
  }

  /** Below, at or above a position: negative, 0 or positive. A time that is not set comes first. */
  compare(row: R, [value, id]: Position): number {
    return compareValues(row[this.#field], value) || (row[this.#key] as number) - id;
  }

  /** Index of the first row at or above `position`, in `rows()` or any list in this order. */
  lowerBound(rows: readonly R[], position: Position): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(rows[middle] as R, position) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #merge(added: R[]): R[] {
    const old = this.#rows;
    const first = added[0];
    const last = old.at(-1);
    if (!first || !last) return old.length > 0 ? old : added;
    if (this.compare(last, this.positionOf(first)) < 0) return old.concat(added);
    const merged: R[] = [];
    let next = 0;
    for (const row of old) {
      while (next < added.length && this.compare(added[next] as R, this.positionOf(row)) < 0) {
        merged.push(added[next] as R);
        next += 1;
      }
      merged.push(row);
    }
    return merged.concat(added.slice(next));
  }
}

function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return -1;
  if (b === null || b === undefined) return 1;
  return (a as number | string) < (b as number | string) ? -1 : 1;
}
