import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { WebShop } from '../web-shop/start-web-shop.ts';
import { startWebShop } from '../web-shop/start-web-shop.ts';
import type { StorefrontClient } from '../web-shop/storefront-client.ts';
import { createStorefrontClient } from '../web-shop/storefront-client.ts';
import type { ApiClient } from './api-client.ts';
import { createApiClient } from './api-client.ts';
import type { Installation } from './bring-up.ts';
import type { Report } from './report.ts';
import type { DemoCatalogue } from './web-catalogue.ts';

const keys = z.object({ admin: z.string(), storefront: z.string() });

export const tenant = 'demo';

/** The retailer's two accesses, and its web shop. */
export interface OpenShop {
  admin: ApiClient;
  storefront: StorefrontClient;
  webShop: WebShop;
}

/** Creates the tenant and its keys, starts its web shop, and pushes stores, statuses and catalogue. Safe to repeat. */
export async function openShop(
  installation: Installation,
  catalogue: DemoCatalogue,
  dataDir: string,
  report: Report,
): Promise<OpenShop> {
  const platform = createApiClient(installation.apiUrl, installation.secrets.platformKey);
  const held = await report.step('Create the retailer', async () => {
    const profile = { name: 'Demo Bikes', timeZone: 'America/New_York', currency: 'USD' };
    const { status } = await platform.call('PUT', `/v1/tenants/${tenant}`, profile);
    if (status >= 300) throw new Error(`creating the tenant was answered ${status}`);
    const value = await tenantKeys(platform, dataDir);
    return {
      words: status === 201 ? 'tenant demo, with keys for its admin and its storefront' : 'tenant demo is there',
      value,
    };
  });
  const admin = createApiClient(installation.apiUrl, held.admin);
  const storefront = createStorefrontClient({ apiUrl: installation.apiUrl, tenant, key: held.storefront });
  const webShop = await startWebShop({ port: installation.webShopPort, secret: installation.secrets.webhookSecret });
  await report.step('The web shop pushes its catalogue', async (progress) => {
    await storefront.putWebhook({ url: webShop.webhookUrl, secret: installation.secrets.webhookSecret });
    await storefront.putLocations({
      locations: [
        { locationId: 'harbour', name: 'Harbour Street' },
        { locationId: 'mill', name: 'Old Mill' },
      ],
    });
    await storefront.putOrderStatuses({
      statuses: [
        { code: 'open', name: 'Open' },
        { code: 'in-till', name: 'In the till' },
      ],
    });
    const items = catalogue.planned.map((item) => item.web);
    await storefront.putCatalogItems(items, (sent) => progress(`${sent} items`));
    for (const { web, till } of catalogue.planned) {
      webShop.books.addItem({ sku: web.sku, description: web.description, price: till?.prices.standard ?? '0' });
    }
    return { words: `${items.length} items, 2 stores, 2 order statuses`, value: undefined };
  });
  webShop.connect(storefront);
  return { admin, storefront, webShop };
}

/** A key is shown once, so the demo keeps its two in the data folder, readable by its owner alone. */
async function tenantKeys(platform: ApiClient, dataDir: string): Promise<z.infer<typeof keys>> {
  const file = join(dataDir, 'keys.json');
  if (existsSync(file)) return keys.parse(JSON.parse(readFileSync(file, 'utf8')));
  const create = async (role: string) => {
    const { key } = await platform.expect('POST', `/v1/tenants/${tenant}/keys`, { role, label: `demo ${role}` });
    return key as string;
  };
  const made = { admin: await create('admin'), storefront: await create('storefront') };
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}
