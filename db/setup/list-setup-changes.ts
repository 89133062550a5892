import { and, desc, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { setupChanges } from '../schema/setup.ts';
import { apiKeys } from '../schema/tenants.ts';

export interface SetupChange {
  at: Date;
  step: string;
  version: number;
  /** The label of the key that was used; null if it is gone. */
  by: string | null;
}

/** Who changed what of the setup, newest first. */
export async function listSetupChanges(db: Database, tenant: string, limit: number): Promise<SetupChange[]> {
  return db
    .select({ at: setupChanges.at, step: setupChanges.step, version: setupChanges.version, by: apiKeys.label })
    .from(setupChanges)
    .leftJoin(apiKeys, and(eq(apiKeys.id, setupChanges.keyId), eq(apiKeys.tenant, setupChanges.tenant)))
    .where(eq(setupChanges.tenant, tenant))
    .orderBy(desc(setupChanges.id))
    .limit(limit);
}
