/** A JSON body as it is sent: numbers for ids, strings for money. */
export type WireBody = { [key: string]: WireBody | WireBody[] | string | number | boolean };

/** One call to the API, before it is made into a URL. */
export interface TillRequest {
  method: 'GET' | 'POST' | 'PUT';
  resource: string;
  /** Of one row; absent for a list or a create. */
  id?: string;
  /** Values as the vendor's filters have them, unencoded: `>=,2026-02-01T10:00:00+00:00`. */
  query?: Readonly<Record<string, string>>;
  relations?: readonly string[];
  body?: WireBody;
}

/** Resources that lie outside of an account. */
const rootResources = new Set(['Session', 'Account']);

/** The path and query under the API's address. @see lightspeed-r-series.md, "Base URL, versions, formats" */
export function requestPath(request: TillRequest, accountId: string): string {
  const root = rootResources.has(request.resource) ? '' : `/Account/${encodeURIComponent(accountId)}`;
  const id = request.id === undefined ? '' : `/${encodeURIComponent(request.id)}`;
  const query = Object.entries({
    ...request.query,
    ...(request.relations?.length ? { load_relations: JSON.stringify(request.relations) } : {}),
  }).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return `${root}/${request.resource}${id}.json${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** A moment as filters take it; the till knows seconds only, so the rest is cut off. */
export function filterTime(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}+00:00`;
}
