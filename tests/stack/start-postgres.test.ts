import { existsSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { createDatabase, dropDatabase, ensureDatabase } from '../../sandbox/stack/create-database.ts';
import { findProcess } from '../../sandbox/stack/find-process.ts';
import { freePort } from '../../sandbox/stack/free-ports.ts';
import { startPostgres } from '../../sandbox/stack/start-postgres.ts';
import { runParent, testFolder } from './run-parent.ts';

async function query<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

async function start(dataDir: string, more: { port?: number } = {}) {
  const said: string[] = [];
  const server = await startPostgres({ dataDir, log: (line) => said.push(line), ...more });
  onTestFinished(server.stop);
  return { ...server, said };
}

const writeOne = (sql: postgres.Sql) => sql`create table facts as select 1 as fact`;
const readAll = (sql: postgres.Sql) => sql`select fact from facts`.then((rows) => [...rows]);

test('a stopped server starts again on another port with its data', async () => {
  const dataDir = await testFolder();
  const first = await start(dataDir);
  await query(first.url, writeOne);
  await first.stop();
  const second = await start(dataDir);
  expect(await query(second.url, readAll)).toEqual([{ fact: 1 }]);
  expect(findProcess(first.pid)).toBeUndefined();
});

test('only its owner can read the password', async () => {
  const dataDir = await testFolder();
  await start(dataDir);
  expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600);
});

test('a server left by a killed parent is taken over, data and process', async () => {
  const dataDir = await testFolder();
  const parent = await runParent('postgres', dataDir);
  await query(parent.told.url!, writeOne);
  await parent.kill();
  const next = await start(dataDir);
  expect(next.pid).toBe(parent.told.pid);
  expect(next.said).toEqual([expect.stringContaining(`Going on with the PostgreSQL`)]);
  expect(await query(next.url, readAll)).toEqual([{ fact: 1 }]);
  await next.stop();
  expect(findProcess(next.pid)).toBeUndefined();
});

test('a server left by a killed parent on another port than is wanted is stopped, and its data kept', async () => {
  const dataDir = await testFolder();
  const parent = await runParent('postgres', dataDir);
  await query(parent.told.url!, writeOne);
  await parent.kill();
  const next = await start(dataDir, { port: await freePort() });
  expect(next.pid).not.toBe(parent.told.pid);
  expect(await query(next.url, readAll)).toEqual([{ fact: 1 }]);
});

test('a server that was itself killed recovers', async () => {
  const dataDir = await testFolder();
  const parent = await runParent('postgres', dataDir);
  await query(parent.told.url!, writeOne);
  process.kill(parent.told.pid!, 'SIGKILL');
  await parent.kill();
  const next = await start(dataDir);
  expect(await query(next.url, readAll)).toEqual([{ fact: 1 }]);
});

test('a second live start on a folder is refused and names the folder and the process', async () => {
  const dataDir = await testFolder();
  const parent = await runParent('postgres', dataDir);
  await expect(start(dataDir)).rejects.toThrow(
    `${dataDir} is in use by process ${parent.pid}. Stop that one first, or use another data folder.`,
  );
  await parent.kill();
});

test('a lock whose process number has since gone to another process is no obstacle', async () => {
  const dataDir = await testFolder();
  await writeFile(join(dataDir, 'lock.json'), JSON.stringify({ pid: process.pid, startedAt: 'before the reboot' }));
  const server = await start(dataDir);
  expect(await query(server.url, (sql) => sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
});

test('a start broken off while it made the cluster leaves nothing in the way', async () => {
  const dataDir = await testFolder();
  await mkdir(join(dataDir, 'cluster.new'));
  await writeFile(join(dataDir, 'cluster.new', 'PG_VERSION'), '18\n');
  await start(dataDir);
  expect(existsSync(join(dataDir, 'cluster.new'))).toBe(false);
});

test('a disposable server ends with its killed parent', async () => {
  const dataDir = await testFolder();
  const parent = await runParent('disposable-postgres', dataDir);
  await parent.kill();
  await expect.poll(() => findProcess(parent.told.pid!), { timeout: 40_000 }).toBeUndefined();
});

test('a database is copied from a template, and dropped even while someone is connected', async () => {
  const { url } = await start(await testFolder());
  const template = await createDatabase(url, 'template-1');
  await query(template, writeOne);
  const copy = await createDatabase(url, 'copy', 'template-1');
  expect(await ensureDatabase(url, 'copy')).toBe(copy);
  const sql = postgres(copy, { max: 1 });
  expect(await readAll(sql)).toEqual([{ fact: 1 }]);
  await dropDatabase(url, 'copy');
  await expect(sql`select 1`).rejects.toThrow();
  await sql.end();
});
