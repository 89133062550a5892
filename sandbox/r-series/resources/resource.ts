import type { AccountBooks } from '../books/account-books.ts';
import type { Fields, Kind, Row } from '../books/row.ts';
import type { Table } from '../books/table.ts';
import type { Clock } from '../clock.ts';
import type { Switches } from '../switches.ts';
import type { Body } from '../wire/read-body.ts';
import type { WireObject, WireValue } from '../wire/wire-json.ts';

/** One call to the till, as the rules of a resource see it. */
export type Call = {
  books: AccountBooks;
  clock: Clock;
  switches: Switches;
  /** The employee who authorised the connection. */
  employeeID: number;
  /** Rights that the token has: its scope, cut down to the employee's current rights. */
  can(right: string): boolean;
};

/** A field that is not stored: rendered if `shown`, and always open to filters. */
type ComputedField<R> = {
  kind: Kind;
  shown: boolean;
  of(row: R, call: Call): unknown;
  /** What filters compare, where that is not what is shown. */
  filter?(row: R, call: Call): unknown;
};

/** What `load_relations` can load. `made` relations are composed by the resource and can't be searched. */
export type Relation<R> =
  | { kind: 'one'; resource: Resource; via: keyof R & string }
  | { kind: 'many'; resource: Resource; by: string }
  | { kind: 'made'; many: boolean; make(row: R, call: Call): WireValue | undefined };

/** What a sub path such as `/Sale/7/refund` does and answers with. */
type SubPath<R> = {
  method: 'GET' | 'POST';
  rights: readonly string[];
  run(row: R, body: Body, call: Call): { resource: Resource; rows: readonly Row[]; isList: boolean };
};

/** A resource of the API: its fields, what can be done with it, and the rules that are its own. */
export type Resource<R extends Row = Row> = {
  name: string;
  key: keyof R & string;
  fields: Fields;
  table(books: AccountBooks): Table<R>;
  /** Any one of these rights is enough; none named: any token will do. */
  rights: { read: readonly string[]; write: readonly string[] };
  list: boolean;
  one: boolean;
  sortable: readonly string[];
  /** Sort names that stand for another stored field. */
  sortAliases?: Record<string, string>;
  computed?: Record<string, ComputedField<R>>;
  relations?: Record<string, Relation<R>>;
  /** Relations that an answer to a write carries unasked. */
  writeRelations?: readonly string[];
  /** What every answer has beside the scalars. */
  compose?(row: R, call: Call): WireObject;
  /** Search-by-several-fields parameter, such as Item's itemCode. */
  codes?: Record<string, readonly (keyof R & string)[]>;
  create?(body: Body, call: Call): R;
  update?(row: R, body: Body, call: Call): R;
  remove?(row: R, call: Call): void;
  subPaths?: Record<string, SubPath<R>>;
  /** The row that an id in the path means; by default the one with that key. */
  find?(id: number, books: AccountBooks): R | undefined;
};
