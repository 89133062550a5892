import type { Database } from '../db/database.ts';
import { connections } from '../db/schema/setup.ts';
import { tokenBinding } from '../db/setup/live-tokens.ts';
import type { KeyRing } from '../runtime/key-ring.ts';
import { issueTestTokens, openAccount } from '../sandbox/r-series/control/open-account.ts';
import type { Sandbox } from '../sandbox/r-series/start-sandbox.ts';
import { arrangeTenant } from '../tests/inventory/arrange-tenant.ts';

const goods = 40;
const hourMs = 3_600_000;

/** So many retailers, each connected to an account of its own, past a wizard that hundreds would take minutes to walk. */
export async function arrangeConnectedTenants(
  db: Database,
  sandbox: Sandbox,
  ring: KeyRing,
  count: number,
): Promise<string[]> {
  const tenants: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const tenant = await arrangeTenant(db, { stores: { '1': 'harbour', '2': 'mill' } });
    const { account } = openAccount(sandbox.world, { seed: number, items: goods, registers: 4 });
    const { accessToken, refreshToken } = issueTestTokens(sandbox.world, account);
    await db.insert(connections).values({
      tenant,
      accountId: String(account),
      accountName: tenant,
      userName: 'Owner',
      employeeId: '1',
      state: 'active',
      accessToken: ring.seal(accessToken, tokenBinding(tenant, 'accessToken')),
      refreshToken: ring.seal(refreshToken, tokenBinding(tenant, 'refreshToken')),
      accessExpiresAt: new Date(Date.now() + hourMs),
    });
    tenants.push(tenant);
  }
  return tenants;
}
