import { Big } from 'big.js';
import type { Call, CallAnswer } from './create-caller.ts';
import { LightspeedError } from './lightspeed-error.ts';
import { pause } from './pause.ts';
import type { PageOptions, TillPage } from './till.ts';
import type { TillRequest } from './till-request.ts';
import { requestPath } from './till-request.ts';
import type { RowParser } from './wire/row-parser.ts';
import { contentOf, rowsOf } from './wire/row-parser.ts';

export interface PagesParts {
  call: Call;
  apiUrl: string;
  accountId: string;
}

const smallestLimit = 10;

/**
 * Walks a list page by page. A cursor is a page's `next` as the till gave it, taken only if it leads to the same list of
 * the configured host. A 500 or 504 halves the page before it fails the walk. An empty page behind a cursor is read twice.
 * @throws LightspeedError
 */
export async function* pages<Row>(
  parts: PagesParts,
  request: TillRequest,
  parser: RowParser<Row>,
  cursor: string | null,
  options: PageOptions,
): AsyncGenerator<TillPage<Row>, void, undefined> {
  const first = `${parts.apiUrl}${requestPath(request, parts.accountId)}`;
  const seen = new Set<string>();
  let url = cursor === null ? first : checkedNext(cursor, first, request.resource);
  for (;;) {
    const startedAt = performance.now();
    const { dripRate, ...page } = await readPage(parts, request, parser, url, options);
    seen.add(withoutLimit(url));
    const next = page.next === null ? null : checkedNext(page.next, first, request.resource);
    if (next !== null && seen.has(withoutLimit(next))) {
      throw new LightspeedError('malformed', `${request.resource}: a page's next leads back to a page already read`);
    }
    yield { ...page, next };
    if (next === null) return;
    if (options.dripShare !== undefined && dripRate !== null) {
      const paceMs = (Number(page.costDrips) / (Number(dripRate) * options.dripShare)) * 1_000;
      await pause(paceMs - (performance.now() - startedAt), options);
    }
    url = next;
  }
}

/** All rows of a short list. */
export async function allRows<Row>(
  parts: PagesParts,
  request: TillRequest,
  parser: RowParser<Row>,
  options: PageOptions = {},
): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of pages(parts, request, parser, null, options)) rows.push(...page.rows);
  return rows;
}

async function readPage<Row>(
  { call }: PagesParts,
  request: TillRequest,
  parser: RowParser<Row>,
  url: string,
  { signal, onProgress }: PageOptions,
): Promise<TillPage<Row> & { dripRate: string | null }> {
  let calls = 0;
  let spent = Big(0);
  let waitedMs = 0;
  let asked = url;
  const isBehindCursor = new URL(url).searchParams.has('after');
  let isConfirmed = false;
  for (;;) {
    calls += 1;
    let answer: CallAnswer;
    try {
      answer = await call(request, { url: asked, signal, onProgress });
    } catch (error) {
      const smaller = isTooHeavy(error) ? halved(asked) : null;
      if (smaller === null) throw error;
      asked = smaller;
      continue;
    }
    spent = spent.plus(answer.costDrips);
    waitedMs += answer.waitedMs;
    const rows = rowsOf(parser, answer.body);
    const next = nextOf(request.resource, answer.body);
    if (rows.length === 0 && (isBehindCursor || next !== null) && !isConfirmed) {
      // A list that ends on a full page may end with an empty one; but so may an answer that has lost its rows.
      isConfirmed = true;
      continue;
    }
    const { dripRate } = answer;
    return { rows, next, calls, costDrips: spent.toString(), waitedMs: Math.round(waitedMs), dripRate };
  }
}

function isTooHeavy(error: unknown): boolean {
  return LightspeedError.is(error, 'unavailable') && (error.status === 500 || error.status === 504);
}

function halved(url: string): string | null {
  const smaller = new URL(url);
  const limit = Math.floor(Number(smaller.searchParams.get('limit') ?? '100') / 2);
  if (limit < smallestLimit) return null;
  smaller.searchParams.set('limit', String(limit));
  return smaller.toString();
}

function nextOf(resource: string, answer: unknown): string | null {
  const attributes = contentOf(resource, answer)['@attributes'];
  const next =
    typeof attributes === 'object' && attributes !== null && 'next' in attributes ? attributes.next : undefined;
  if (next === '') return null;
  if (typeof next === 'string') return next;
  throw new LightspeedError('malformed', `${resource}: the page doesn't say where the next one is`);
}

/** The token goes wherever `next` leads: only to the list that was asked for. */
function checkedNext(next: string, first: string, resource: string): string {
  const expected = new URL(first);
  const given = URL.parse(next);
  const isSameList = given !== null && pathOf(given) === pathOf(expected);
  if (isSameList && given.origin === expected.origin && given.username === '') {
    return given.toString();
  }
  throw new LightspeedError('wrong-host', `${resource}: a page's next leads elsewhere`);
}

/** With or without the ending that asks for JSON, which the Accept header does as well. */
function pathOf(url: URL): string {
  return url.pathname.replace(/\.json$/, '');
}

function withoutLimit(url: string): string {
  const same = new URL(url);
  same.searchParams.delete('limit');
  return same.toString();
}
