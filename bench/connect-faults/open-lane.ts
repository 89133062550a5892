import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { connections } from '../../db/schema/setup.ts';
import type { Sandbox } from '../../sandbox/r-series/start-sandbox.ts';
import type { Shop } from '../../tests/shop.ts';
import { createShop } from '../../tests/shop.ts';

export interface LaneParts {
  apiUrl: string;
  platformKey: string;
  db: Database;
  sandbox: Sandbox;
  /** Kills a worker process and sees that another takes its place; null where the workers are no processes. */
  killWorker: (() => Promise<void>) | null;
}

export type Lane = Awaited<ReturnType<typeof openLane>>;

/** A retailer whose setup is completed, with a till account of its own, and what schedules do to it. */
export async function openLane(parts: LaneParts, tenant: string) {
  const { db, sandbox } = parts;
  const shop: Shop = await createShop(parts.apiUrl, sandbox, tenant, parts.platformKey);
  await shop.setUp();
  const account = Number(shop.accountId);
  const { world } = sandbox;
  const own = eq(connections.tenant, tenant);
  const checkedAt = async () => {
    const [row] = await db.execute<{ at: string }>(
      sql`select max(checked_at)::text as at from connections where tenant = ${tenant} and state in ('active', 'lost')`,
    );
    return row?.at ?? '';
  };
  return {
    shop,
    tenant,
    account,
    ...parts,
    signIns: () => world.oauth.grants.by('accountID', account).map(({ grantID }) => grantID),
    /** Lets time pass for this retailer alone, in the till's books and in ours. */
    async pass(ms: number): Promise<void> {
      const seconds = Math.round(ms / 1_000);
      const shift = (value: number | null) => (value === null ? null : value - seconds);
      world.changes.run(() => {
        const { accessTokens, refreshTokens } = world.oauth;
        for (const grantID of world.oauth.grants.by('accountID', account).map((grant) => grant.grantID)) {
          for (const row of accessTokens.by('grantID', grantID)) {
            accessTokens.update(row, { issuedAt: shift(row.issuedAt), expiresAt: shift(row.expiresAt) });
          }
          for (const row of refreshTokens.by('grantID', grantID)) {
            refreshTokens.update(row, { lastUsedAt: shift(row.lastUsedAt) });
          }
        }
      });
      const back = sql`interval '1 second' * ${seconds}`;
      await db
        .update(connections)
        .set({
          accessExpiresAt: sql`${connections.accessExpiresAt} - ${back}`,
          refreshFailedAt: sql`${connections.refreshFailedAt} - ${back}`,
          refreshedAt: sql`${connections.refreshedAt} - ${back}`,
          checkedAt: sql`${connections.checkedAt} - ${back}`,
        })
        .where(own);
    },
    /** Waits for a look at the connection that is due, 30 s at most. */
    async awaitLook(): Promise<void> {
      const before = await checkedAt();
      for (const until = Date.now() + 30_000; Date.now() < until && (await checkedAt()) <= before; ) await pause(50);
    },
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
