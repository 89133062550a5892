import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { StaticTill } from '../static-till/start-static-till.ts';

const run = promisify(execFile);
const hourMs = 3_600_000;
const sdk = 'lightspeed-retail-sdk@3.5.0';

/** What of the client is used here. Its hosts are static fields of the class that it extends. */
interface SdkModule {
  default: new (options: Record<string, unknown>) => { item: { getItems(query: string): Promise<unknown[]> } };
}

/** Installs the npm client into `folder`, and gives what pulls all items of the till with it into memory. */
export async function installSdk(folder: string, till: StaticTill): Promise<() => Promise<unknown[]>> {
  await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, sdk]);
  const entry = join(folder, 'node_modules', 'lightspeed-retail-sdk', 'dist', 'index.mjs');
  const { default: Sdk } = (await import(pathToFileURL(entry).href)) as SdkModule;
  Object.assign(Object.getPrototypeOf(Sdk) as object, { BASE_URL: `${till.apiUrl}/Account`, TOKEN_URL: till.origin });
  const tokens = {
    access_token: till.accessToken,
    refresh_token: 'none',
    expires_at: new Date(Date.now() + hourMs).toISOString(),
  };
  const tokenStorage = { getTokens: () => Promise.resolve(tokens), setTokens: () => Promise.resolve() };
  const { clientId: clientID, clientSecret, accountId: accountID } = till;
  const client = new Sdk({ clientID, clientSecret, accountID, refreshToken: 'none', tokenStorage });
  return () => client.item.getItems(new URL(till.firstPage).search.slice(1));
}
