import { heartbeat } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/database.ts';
import { eraseTenant } from '../../db/tenants/erase-tenant.ts';
import { noteRemoval } from '../../db/tenants/tenant-removal.ts';
import type { OAuthClient } from '../../lightspeed/oauth-client.ts';
import type { KeyRing } from '../../runtime/key-ring.ts';
import type { InventorySchedules } from '../../temporal/inventory-schedules.ts';
import { endTenantRuns } from '../../temporal/tenant-runs.ts';
import { revokeEndedTokens } from '../setup/revoke-ended-tokens.ts';
import { eraseTenantData } from './erase-tenant-data.ts';

/** What the steps of a removal work with. */
export interface TenantRemovalDeps {
  db: Database;
  ring: KeyRing;
  oauth: OAuthClient;
  temporal: Client;
  schedules: InventorySchedules;
}

export type TenantRemovalActivities = ReturnType<typeof createTenantRemovalActivities>;

interface OfTenant {
  tenant: string;
}

/** The steps of a tenant's removal, each safe to repeat: what is gone already counts as done. */
export function createTenantRemovalActivities(deps: TenantRemovalDeps) {
  const { db, temporal, schedules } = deps;
  return {
    async endTenantRuns({ tenant }: OfTenant): Promise<number> {
      await schedules.remove(tenant);
      const runsEnded = await endTenantRuns(temporal, tenant, heartbeat);
      await noteRemoval(db, tenant, { runsEnded });
      return runsEnded;
    },
    eraseTenantData: ({ tenant }: OfTenant) => eraseTenantData(db, tenant),
    async revokeTenantTokens({ tenant }: OfTenant): Promise<void> {
      await revokeEndedTokens(deps, { tenant });
      await noteRemoval(db, tenant, { tokensRevoked: true });
    },
    eraseTenantItself: ({ tenant }: OfTenant) => eraseTenant(db, tenant),
    finishTenantRemoval: ({ tenant }: OfTenant) => noteRemoval(db, tenant, { isEnded: true }),
  };
}
