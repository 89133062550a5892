import { eq } from 'drizzle-orm';
import { mappings, posItems } from '../../db/schema/inventory.ts';
import { connections } from '../../db/schema/setup.ts';
import { createRateBudget } from '../../db/setup/rate-budget.ts';
import { createTokenStore } from '../../db/setup/token-store.ts';
import type { ActiveOrderExportSettings } from '../../domain/setup/settings.ts';
import { createOpenTill } from '../../lightspeed/create-till.ts';
import { createExchange } from '../../lightspeed/http/create-exchange.ts';
import { createOAuthClient } from '../../lightspeed/oauth-client.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createLogger } from '../../runtime/logger.ts';
import type { Sandbox } from '../../sandbox/r-series/start-sandbox.ts';
import { startSandbox } from '../../sandbox/r-series/start-sandbox.ts';
import type { ExportRig, RigShop } from './export-rig.ts';

export interface SandboxShop extends RigShop {
  sandbox: Sandbox;
  /** A POS item of tax class 1 with stock in shop 1, mapped to the SKU `MUG`. */
  itemId: number;
  close(): Promise<void>;
}

const secretKeys = `test:${Buffer.alloc(32, 7).toString('base64')}`;

/** The rig with the real Lightspeed client on a sandbox of its own, employee 3 and the register "Online" of shop 1. */
export async function openSandboxShop(
  rig: ExportRig,
  changes: Partial<ActiveOrderExportSettings> = {},
): Promise<SandboxShop> {
  const sandbox = await startSandbox({ port: 0, items: 40, seed: 1, unlimited: true });
  const shop = await rig.openShop({ employeeId: '3', registerId: '4', defaultPaymentTypeId: '7', ...changes });
  const { tenant } = shop;
  const { apiUrl, authUrl, clientId, clientSecret, accessToken, refreshToken, accountId } = sandbox;
  const ring = createKeyRing(secretKeys);
  const seal = (token: string, column: string) => ring.seal(token, `${tenant}/connections.${column}`);
  await rig.db
    .update(connections)
    .set({
      accountId,
      accessToken: seal(accessToken, 'accessToken'),
      refreshToken: seal(refreshToken, 'refreshToken'),
    })
    .where(eq(connections.tenant, tenant));
  const exchange = createExchange({ timeoutMs: 2_000 });
  const oauth = createOAuthClient({ authUrl, clientId, clientSecret, exchange });
  const tokens = createTokenStore(rig.db, ring, { exchangeTimeoutMs: 2_000, wake: rig.wake });
  const budget = createRateBudget(rig.db, { timeScale: 1 });
  const log = createLogger('rig', 'silent');
  rig.tills.set(tenant, createOpenTill({ apiUrl, oauth, tokens, budget, log, exchange }));
  const books = [...sandbox.world.accounts.values()][0]!;
  const item = [...books.items.all()].find(({ taxClassID, archived, tax }) => taxClassID === 1 && !archived && tax)!;
  await mapItem(rig, tenant, { itemId: String(item.itemID), sku: 'MUG', taxClassId: '1' });
  return {
    ...shop,
    sandbox,
    itemId: item.itemID,
    close: async () => {
      await rig.db.update(connections).set({ state: 'disconnected' }).where(eq(connections.tenant, tenant));
      await sandbox.stop();
    },
  };
}

/** Maps a SKU to an item of the till, as a sync would. */
export async function mapItem(
  rig: ExportRig,
  tenant: string,
  { itemId, sku, taxClassId }: { itemId: string; sku: string; taxClassId: string },
): Promise<void> {
  const now = new Date();
  await rig.db.insert(posItems).values({
    prices: {},
    tenant,
    itemId,
    systemSku: `21${itemId}`,
    description: 'Mug',
    itemType: 'default',
    manufacturerId: '0',
    taxClassId,
    taxable: true,
    archived: false,
    timeStamp: now,
    seenAt: now,
  });
  await rig.db
    .insert(mappings)
    .values({ tenant, sku, state: 'mapped', itemId, matchedBy: 'gtin1-upc', candidates: [], reason: '' });
}
