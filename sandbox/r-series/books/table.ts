import type { Change, Changes } from './changes.ts';
import type { Row } from './row.ts';
import { SortedRows } from './sorted-rows.ts';

/** How a table is kept: `indexed` fields are looked up by value, `sorted` ones are kept in order for paging. */
export type TableSpec<R extends Row> = {
  account: number;
  name: string;
  key: string;
  blank: () => R;
  indexed: readonly string[];
  sorted: readonly string[];
};

/** Rows of one kind, by id. Rows are changed in place and only through `update`, so that indexes and undo stay right. */
export class Table<R extends Row> {
  readonly account: number;
  readonly name: string;
  readonly key: string;
  readonly #blank: () => R;
  readonly #changes: Changes;
  readonly #rows = new Map<number, R>();
  readonly #indexes = new Map<string, Map<unknown, Set<R>>>();
  readonly #orders = new Map<string, SortedRows<R>>();
  #lastId = 0;

  constructor(spec: TableSpec<R>, changes: Changes) {
    this.account = spec.account;
    this.name = spec.name;
    this.key = spec.key;
    this.#blank = spec.blank;
    this.#changes = changes;
    for (const field of spec.indexed) this.#indexes.set(field, new Map());
    for (const field of new Set([spec.key, ...spec.sorted])) this.#orders.set(field, new SortedRows(field, spec.key));
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: number): R | undefined {
    return this.#rows.get(id);
  }

  /** The row, which the caller knows to be there. @throws Error if it is not: the books contradict themselves. */
  need(id: number): R {
    const row = this.#rows.get(id);
    if (!row) throw new Error(`the books have no ${this.name} ${id}`);
    return row;
  }

  all(): IterableIterator<R> {
    return this.#rows.values();
  }

  /** Rows whose indexed `field` has this value, in order of id. */
  by(field: keyof R & string, value: unknown): R[] {
    const rows = this.#index(field).get(value);
    return rows ? [...rows].sort((a, b) => this.idOf(a) - this.idOf(b)) : [];
  }

  isIndexed(field: string): boolean {
    return this.#indexes.has(field);
  }

  /** The order kept for `field`, if it is one of those the table keeps. */
  order(field: string): SortedRows<R> | undefined {
    return this.#orders.get(field);
  }

  idOf(row: Row): number {
    return row[this.key] as number;
  }

  isHeld(row: Row): boolean {
    return this.#rows.get(this.idOf(row)) === row;
  }

  /** Adds a row under the next id, or under the id that `values` brings; what is left out is empty. */
  insert(values: Partial<R>): R {
    const given = values[this.key];
    const row = {
      ...this.#blank(),
      ...values,
      [this.key]: typeof given === 'number' && given > 0 ? given : this.#lastId + 1,
    } as R;
    if (this.#rows.has(this.idOf(row))) throw new Error(`${this.name} ${this.idOf(row)} exists already`);
    this.#hold(row);
    this.#changes.record({ table: this, row, before: undefined, removed: false });
    return row;
  }

  update(row: R, patch: Partial<R>): R {
    const fields = Object.keys(patch);
    this.#changes.record({
      table: this,
      row,
      before: Object.fromEntries(fields.map((field) => [field, row[field]])),
      removed: false,
    });
    this.#assign(row, patch);
    return row;
  }

  remove(row: R): void {
    this.#changes.record({ table: this, row, before: undefined, removed: true });
    this.#drop(row);
  }

  /** Takes a recorded change back. */
  restore({ row, before, removed }: Change): void {
    if (removed) this.#hold(row as R);
    else if (before) this.#assign(row as R, before as Partial<R>);
    else this.#drop(row as R);
  }

  /** Puts a row as the journal has it; null removes it. */
  replay(id: number, row: Row | null): void {
    const old = this.#rows.get(id);
    if (old && row) return this.#assign(old, row as Partial<R>);
    if (row) return this.#hold({ ...this.#blank(), ...row });
    if (old) this.#drop(old);
  }

  #hold(row: R): void {
    this.#rows.set(this.idOf(row), row);
    this.#lastId = Math.max(this.#lastId, this.idOf(row));
    for (const [field, index] of this.#indexes) addTo(index, row[field], row);
    for (const order of this.#orders.values()) order.put(row, true);
  }

  #assign(row: R, patch: Partial<R>): void {
    for (const field of Object.keys(patch)) {
      if (row[field] === patch[field]) continue;
      this.#indexes.get(field)?.get(row[field])?.delete(row);
      (row as Row)[field] = patch[field];
      const index = this.#indexes.get(field);
      if (index) addTo(index, row[field], row);
      this.#orders.get(field)?.put(row, false);
    }
  }

  #drop(row: R): void {
    this.#rows.delete(this.idOf(row));
    for (const [field, index] of this.#indexes) index.get(row[field])?.delete(row);
    for (const order of this.#orders.values()) order.drop(row);
  }

  #index(field: string): Map<unknown, Set<R>> {
    const index = this.#indexes.get(field);
    if (!index) throw new Error(`${this.name} keeps no index of ${field}`);
    return index;
  }
}

function addTo<R>(index: Map<unknown, Set<R>>, value: unknown, row: R): void {
  const rows = index.get(value);
  if (rows) rows.add(row);
  else index.set(value, new Set([row]));
}
