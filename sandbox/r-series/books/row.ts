/** What a field holds; decides how it is parsed, compared and written on the wire. Times are whole epoch seconds. */
export type Kind = 'id' | 'number' | 'flag' | 'text' | 'time';

/** A resource's scalar fields in wire order. */
export type Fields = Readonly<Record<string, Kind>>;

type ValueOf = { id: number; number: string; flag: boolean; text: string; time: number | null };

/** The row that `fields` describe. Decimals are strings, so that no float ever holds money. */
export type RowOf<F extends Fields> = { -readonly [K in keyof F]: ValueOf[F[K]] };

/** Any row, for the machinery that treats all resources alike. */
export type Row = Record<string, unknown>;

const blanks = { id: 0, number: '0', flag: false, text: '', time: null } as const satisfies ValueOf;

/** A row with every field at the wire's empty value: "0", "false", "" or absent. */
export function blankRow<F extends Fields>(fields: F): RowOf<F> {
  return Object.fromEntries(Object.entries(fields).map(([name, kind]) => [name, blanks[kind]])) as RowOf<F>;
}
