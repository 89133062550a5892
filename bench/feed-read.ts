import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import postgres from 'postgres';
import { Agent } from 'undici';
import { startApi } from '../api/start-api.ts';
import { createApiClient } from '../sandbox/demo/api-client.ts';
import type { BenchOptions } from './main.ts';
import { median, openBench, platformKey } from './open-bench.ts';

const pageSize = 1_000;
const rounds = 5;
const unpack = promisify(gunzip);

/**
 * Reading the whole feed by page over HTTP, against the same rows by the bare driver, made into JSON. Goal: ≤ 1.5.
 * `packedRatio` is the same with gzip, which costs time on a loopback and saves eleven twelfths of a real line.
 */
export async function feedRead({ items = 100_000 }: BenchOptions): Promise<Record<string, unknown>> {
  const bench = await openBench();
  const api = await startApi(bench);
  const sql = postgres(bench.databaseUrl, { max: 1 });
  const platform = createApiClient(api.url, platformKey);
  await platform.expect('PUT', '/v1/tenants/feed', { name: 'Feed', timeZone: 'UTC', currency: 'USD' });
  const { key } = await platform.expect('POST', '/v1/tenants/feed/keys', { role: 'storefront', label: 'bench' });
  await sql`
    insert into listings (tenant, sku, version, item_id, removed, displayed, reason, quantity, quantity_by_location, price)
    select 'feed', 'SKU-' || n, n, n::text, false, true, 'on-hand', n % 50, '{"a": 3, "b": 4}', 19.95
    from generate_series(1, ${items}::int) n`;
  await sql`analyze listings`;
  const agent = new Agent();
  const overHttp = async (encoding: 'identity' | 'gzip') => {
    const headers = { authorization: `Bearer ${String(key)}`, 'accept-encoding': encoding };
    let read = 0;
    for (let after = 0; ; ) {
      const path = `/v1/tenants/feed/listings?after=${after}&limit=${pageSize}`;
      const {
        statusCode,
        headers: sent,
        body,
      } = await agent.request({ origin: api.url, method: 'GET', path, headers });
      const bytes = await body.bytes();
      if (statusCode !== 200) throw new Error(`the feed was answered ${statusCode}`);
      const isPacked = sent['content-encoding'] === 'gzip'; // an empty page is too small
      const text = (isPacked ? await unpack(bytes) : Buffer.from(bytes)).toString('utf8');
      const page = JSON.parse(text) as { listings: unknown[]; next: number };
      if (page.listings.length === 0) return read;
      read += page.listings.length;
      after = page.next;
    }
  };
  const byDriver = async () => {
    let read = 0;
    for (let after = 0; ; ) {
      const page = await sql`
        select sku, version, item_id, removed, displayed, reason, quantity, quantity_by_location, price, sale_price,
          sale_reason, updated_at
        from listings where tenant = 'feed' and version > ${after} order by version limit ${pageSize}`;
      if (page.length === 0) return read;
      JSON.parse(JSON.stringify(page)); // the reader's side too, as over HTTP
      read += page.length;
      after = Number(page.at(-1)!['version']);
    }
  };
  const times = { plain: [] as number[], packed: [] as number[], driver: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const plain = await timed(() => overHttp('identity'), items);
    const packed = await timed(() => overHttp('gzip'), items);
    const driver = await timed(byDriver, items);
    if (round === 0) continue; // the first warms both up
    times.plain.push(plain);
    times.packed.push(packed);
    times.driver.push(driver);
  }
  await agent.close();
  await sql.end();
  await api.close();
  await bench.close();
  const [httpMs, packedMs, driverMs] = [median(times.plain), median(times.packed), median(times.driver)];
  return {
    items,
    httpMs: Math.round(httpMs),
    packedMs: Math.round(packedMs),
    driverMs: Math.round(driverMs),
    ratio: Number((httpMs / driverMs).toFixed(2)),
    packedRatio: Number((packedMs / driverMs).toFixed(2)),
  };
}

async function timed(read: () => Promise<number>, expected: number): Promise<number> {
  const startedAt = performance.now();
  const count = await read();
  if (count !== expected) throw new Error(`read ${count} of ${expected} listings`);
  return performance.now() - startedAt;
}
