import postgres from 'postgres';
import { startApi } from '../api/start-api.ts';
import { createApiClient } from '../sandbox/demo/api-client.ts';
import type { BenchOptions } from './main.ts';
import { median, openBench, platformKey } from './open-bench.ts';

const pageSize = 1_000;
const rounds = 5;

/** Reading the whole feed by page over HTTP, against the same rows by the bare driver, made into JSON. Goal: ≤ 1.5. */
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
  const client = createApiClient(api.url, String(key));
  const overHttp = async () => {
    let read = 0;
    for (let after = 0; ; ) {
      const page = await client.expect('GET', `/v1/tenants/feed/listings?after=${after}&limit=${pageSize}`);
      const length = (page['listings'] as unknown[]).length;
      if (length === 0) return read;
      read += length;
      after = page['next'] as number;
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
  const times = { http: [] as number[], driver: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const http = await timed(overHttp, items);
    const driver = await timed(byDriver, items);
    if (round === 0) continue; // the first warms both up
    times.http.push(http);
    times.driver.push(driver);
  }
  await sql.end();
  await api.close();
  await bench.close();
  const [httpMs, driverMs] = [median(times.http), median(times.driver)];
  return {
    items,
    httpMs: Math.round(httpMs),
    driverMs: Math.round(driverMs),
    ratio: Number((httpMs / driverMs).toFixed(2)),
  };
}

async function timed(read: () => Promise<number>, expected: number): Promise<number> {
  const startedAt = performance.now();
  const count = await read();
  if (count !== expected) throw new Error(`read ${count} of ${expected} listings`);
  return performance.now() - startedAt;
}
