import { sql } from 'drizzle-orm';
import { openDatabase } from '../../db/database.ts';
import { test } from '../stack-test.ts';

test('after a connection was lost in the middle of a result, the next result has its rows from the first on', async ({
  app,
  db,
  expect,
}) => {
  const lost = openDatabase(app.config.DATABASE_URL, { maxConnections: 1 });
  const [own] = await lost.db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  // Rows so long that each is sent at once, and so slow that the end never comes.
  const endless = sql`select repeat('x', 9000), pg_sleep(0.01) from generate_series(1, 100000)`;
  const reading = lost.db.execute(endless).then(
    () => 'whole',
    () => 'cut off',
  );
  const isFlowing = async () => {
    const [row] = await db.execute<{ event: string | null }>(
      sql`select wait_event as event from pg_stat_activity where pid = ${own!.pid} and query like 'select repeat%'`,
    );
    return row?.event === 'PgSleep';
  };
  await expect.poll(isFlowing, { interval: 20 }).toBe(true);
  await db.execute(sql`select pg_sleep(0.5), pg_terminate_backend(${own!.pid}) from (values (1)) once`);
  expect(await reading).toBe('cut off');
  const results: unknown[] = [];
  while (results.length < 3) {
    const rows = await lost.db.execute(sql`select 7 as seven`).catch(() => null); // the driver tells the loss once more
    if (rows) results.push([...rows]);
  }
  expect(results).toEqual(Array.from({ length: 3 }, () => [{ seven: 7 }]));
  await lost.close();
});
