import { existsSync } from 'node:fs';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { findProcess } from '../../sandbox/stack/find-process.ts';
import { findPostgres } from '../../sandbox/stack/postgres-orphan.ts';
import { resetDataFolder } from '../../sandbox/stack/reset-data-folder.ts';
import { startStack } from '../../sandbox/stack/start-stack.ts';
import { findTemporalServer } from '../../sandbox/stack/temporal-orphan.ts';
import { runParent, testFolder } from './run-parent.ts';

const searchAttributes = { Stage: 'Keyword' } as const;

test('servers that are given are used and none is started', async () => {
  const dataDir = await testFolder();
  const given = { databaseUrl: 'postgres://elsewhere/db', temporalAddress: 'elsewhere:7233' };
  const { stop, ...stack } = await startStack({ dataDir, searchAttributes, ...given, log: () => {} });
  onTestFinished(stop);
  expect(stack).toEqual(given);
  expect(await findPostgres(`${dataDir}/postgres`)).toBeUndefined();
  expect(findTemporalServer(`${dataDir}/temporal`)).toBeUndefined();
});

test('the next start goes on with the servers and the data of a killed one', async () => {
  const dataDir = await testFolder();
  const parent = await runParent('stack', dataDir);
  await parent.kill();
  const stack = await startStack({ dataDir, searchAttributes, log: () => {} });
  onTestFinished(stack.stop);
  expect(stack).toMatchObject(parent.told);
  const sql = postgres(stack.databaseUrl, { max: 1 });
  expect(await sql`select current_database() as name`).toMatchObject([{ name: 'tillbridge' }]);
  await sql.end();
});

test('when one server cannot start, the other is stopped and the folder is free again', async () => {
  const dataDir = await testFolder();
  const log = () => {};
  const busy = Number(new URL((await runParent('stack', await testFolder())).told.temporalUiUrl!).port);
  const failed = startStack({ dataDir, searchAttributes, ports: { temporalUi: busy }, log });
  await expect(failed).rejects.toThrow(`Port ${busy} for Temporal's web page is in use; set TEMPORAL_UI_PORT`);
  expect(await findPostgres(`${dataDir}/postgres`)).toBeUndefined();
  const stack = await startStack({ dataDir, searchAttributes, log });
  await stack.stop();
});

test('reset refuses while a start runs; after it was killed, stops what it left and deletes everything', async () => {
  const dataDir = await testFolder();
  const parent = await runParent('stack', dataDir);
  await expect(resetDataFolder(dataDir)).rejects.toThrow(`${dataDir} is in use by process ${parent.pid}`);
  const postgresPid = (await findPostgres(`${dataDir}/postgres`))!.pid;
  const temporalPid = findTemporalServer(`${dataDir}/temporal`)!.pid;
  await parent.kill();
  expect(await resetDataFolder(dataDir)).toBe(
    `Cleared ${dataDir}, after stopping the PostgreSQL and Temporal left running there.`,
  );
  expect([findProcess(postgresPid), findProcess(temporalPid)]).toEqual([undefined, undefined]);
  expect(existsSync(dataDir)).toBe(false);
  expect(await resetDataFolder(dataDir)).toBe(`There is no ${dataDir}; nothing to clear.`);
});
