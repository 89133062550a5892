import { once } from 'node:events';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Sql } from 'postgres';
import { Agent } from 'undici';
import type { StaticTill } from '../static-till/start-static-till.ts';

type Wire = Record<string, unknown>;
interface WirePage {
  '@attributes': { next: string };
  Item: Wire[];
}

const unpack = promisify(gunzip);
const columns = [
  'itemID',
  'systemSku',
  'description',
  'itemType',
  'upc',
  'ean',
  'customSku',
  'manufacturerSku',
  'manufacturerID',
  'taxClassID',
  'tax',
  'archived',
  'timeStamp',
  'Prices',
  'ItemShops',
];

/** The least that a pull can be: fetches page after page with undici, JSON.parse, COPY into one table. @returns ms */
export async function copyPages(till: StaticTill, sql: Sql, items: number): Promise<number> {
  await sql.unsafe(`drop table if exists bare_items`);
  await sql.unsafe(`create table bare_items (${columns.map((name) => `"${name}" text`).join(', ')})`);
  const agent = new Agent({ pipelining: 1 });
  const startedAt = performance.now();
  const copy = await sql`copy bare_items from stdin`.writable();
  for (let url = till.firstPage; url !== ''; ) {
    const page = JSON.parse(await fetchPage(agent, url, till.accessToken)) as WirePage;
    if (!copy.write(page.Item.map(toLine).join(''))) await once(copy, 'drain');
    url = page['@attributes'].next;
  }
  copy.end();
  await once(copy, 'finish');
  const tookMs = performance.now() - startedAt;
  await agent.close();
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from bare_items`;
  if (row!.count !== items) throw new Error(`copied ${row!.count} of ${items} items`);
  return tookMs;
}

async function fetchPage(agent: Agent, url: string, token: string): Promise<string> {
  const { origin, pathname, search } = new URL(url);
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' };
  const { body } = await agent.request({ origin, path: pathname + search, method: 'GET', headers });
  return (await unpack(await body.bytes())).toString('utf8');
}

function toLine(item: Wire): string {
  return `${columns.map((name) => escaped(item[name])).join('\t')}\n`;
}

function escaped(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
}
