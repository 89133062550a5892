import { sql } from 'drizzle-orm';
import { expect, onTestFinished } from 'vitest';
import { requestRemoval } from '../../db/tenants/request-removal.ts';
import { callApi } from '../api/call-api.ts';
import { test as base } from '../setup/setup-test.ts';
import { platformKey } from '../stack-test.ts';

const tenants = (url: string) => (method: string, path: string, body?: unknown) =>
  callApi(url, method, `/v1/tenants/${path}`, { key: platformKey, body });

const test = base.extend<{ rowsOf: (tenant: string) => Promise<Record<string, number>> }>({
  /** By table with a column `tenant`, as the database itself tells: how many rows are this tenant's; only those with any. */
  rowsOf: async ({ db }, use) => {
    await use(async (tenant) => {
      const tables = await db.execute<{ name: string }>(sql`
        select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name = 'tenant'`);
      const rows: Record<string, number> = {};
      for (const { name } of tables) {
        const [found] = await db.execute<{ count: number }>(
          sql`select count(*)::int as count from ${sql.identifier(name)} where tenant = ${tenant}`,
        );
        if (found!.count > 0) rows[name] = found!.count;
      }
      return rows;
    });
  },
});

test('a removal goes on after a crash between its commit and its start, and with Lightspeed down', async ({
  app,
  db,
  newWizard,
  temporal,
  rowsOf,
}) => {
  const wizard = await newWizard();
  await wizard.connect(wizard.owner);
  await wizard.breakTill('/auth/oauth/revoke');
  onTestFinished(() => wizard.mendTill());
  // As an API that dies right after the commit leaves it.
  expect(await requestRemoval(db, wizard.tenant, null)).toBe(true);
  const run = temporal.workflow.getHandle(`tenant-removal/${wizard.tenant}`);
  const details = async () => (await run.describe().catch(() => null))?.status.name;
  await expect.poll(details, { timeout: 20_000 }).toBe('RUNNING');
  const left = async () => (await rowsOf(wizard.tenant))['setups'] ?? 0;
  await expect.poll(left, { timeout: 20_000 }).toBe(0); // erased, although its tokens can't be revoked yet
  const read = () => tenants(app.url)('GET', `${wizard.tenant}/removal`);
  expect((await read()).body).toMatchObject({ state: 'removing', tokensRevoked: null });
  await wizard.mendTill();
  await expect
    .poll(async () => (await read()).body, { timeout: 30_000 })
    .toMatchObject({
      state: 'removed',
      tokensRevoked: true,
    });
  expect(await wizard.revokedOf(wizard.owner)).toBe(1);
});
