import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../sandbox/stack/free-ports.ts';
import { findPostgres } from '../../sandbox/stack/postgres-orphan.ts';
import { resetDataFolder } from '../../sandbox/stack/reset-data-folder.ts';
import { findTemporalServer } from '../../sandbox/stack/temporal-orphan.ts';
import { readHistories } from './read-histories.ts';
import { runDemo } from './run-demo.ts';

const settled = { ordersExported: 10, ordersWaiting: 1, sales: 10, duplicateSales: 0, lostOrders: 0 };

/** Of the demo's buyers and the till's people; and how a refresh token, a JWT and a key header begin. */
const personal =
  'rosa|lindqvist|tomas|okafor|castellan|quarry lane|beech hill|signal row|port ellis|example.com|ada moss|ben hale|def50|eyjhbgci|bearer'.split(
    '|',
  );

let dataDir = '';

beforeAll(async () => {
  dataDir = await realpath(await mkdtemp(join(tmpdir(), 'tillbridge-demo-')));
});

afterAll(async () => {
  await resetDataFolder(dataDir).catch(() => {});
  await rm(dataDir, { recursive: true, force: true });
});

test('Ctrl-C in mid-sync stops everything, kill -9 to the parent loses nothing, and the next start finishes', async () => {
  const first = runDemo(dataDir, []);
  await first.printed('the first sync begins', 120_000);
  first.interrupt();
  expect(await first.exited).toBe(0);
  expect(await leftRunning()).toEqual([]);

  const second = runDemo(dataDir, []);
  await second.printed('Order 1004', 180_000);
  second.kill();
  await second.exited;

  const third = runDemo(dataDir, ['--once', '--json']);
  const code = await third.exited;
  const figures = JSON.parse(third.output().trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
  expect(figures).toMatchObject(settled);
  expect(code).toBe(0);
}, 420_000);

test('no history of a demo run holds a token, an e-mail address, a name or a street', async () => {
  const port = await freePort();
  const demo = runDemo(dataDir, ['--json'], { TEMPORAL_PORT: String(port) });
  await demo.printed('Everything stays up until Ctrl-C', 240_000);
  const held = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as Record<string, string>;
  const histories = await readHistories(`127.0.0.1:${port}`, held['secretKeys']!);
  demo.interrupt();
  expect(await demo.exited).toBe(0);
  expect(await leftRunning()).toEqual([]);
  const keys = Object.values(JSON.parse(await readFile(join(dataDir, 'keys.json'), 'utf8')) as Record<string, string>);
  const forbidden = [...Object.values(held), ...keys, ...personal];
  expect(histories.length).toBeGreaterThan(10);
  const found = histories.flatMap(({ workflowId, text }) =>
    forbidden.filter((word) => text.toLowerCase().includes(word.toLowerCase())).map((word) => `${workflowId}: ${word}`),
  );
  expect(found).toEqual([]);
  // The dump does open what is sealed: an order's number is in its run's input.
  expect(histories.some(({ text }) => text.includes('"orderId":"1001"'))).toBe(true);
}, 300_000);

/** Servers that still run on the data folder. */
async function leftRunning(): Promise<string[]> {
  const postgres = await findPostgres(join(dataDir, 'postgres'));
  const temporal = findTemporalServer(join(dataDir, 'temporal'));
  return [...(postgres ? ['PostgreSQL'] : []), ...(temporal ? ['Temporal'] : [])];
}
