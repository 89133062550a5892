import { and, desc, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { setupChanges } from '../schema/setup.ts';
import { apiKeys } from '../schema/tenants.ts';

export interface SetupChange {
  at: Date;
  step: string;
  version: number;
  /** The label and role of the key that was used; null: its tenant's key is gone, or none was. */
  by: { label: string; role: string } | null;
  /** As the admin chose it. */
  choice: unknown;
}

/** Who changed what of the setup, newest first. */
export async function listSetupChanges(db: Database, tenant: string, limit: number): Promise<SetupChange[]> {
  return db
    .select({
      at: setupChanges.at,
      step: setupChanges.step,
      version: setupChanges.version,
      by: { label: apiKeys.label, role: apiKeys.role },
      choice: setupChanges.choice,
    })
    .from(setupChanges)
    .leftJoin(apiKeys, and(eq(apiKeys.id, setupChanges.keyId), eq(apiKeys.tenant, setupChanges.tenant)))
    .where(eq(setupChanges.tenant, tenant))
    .orderBy(desc(setupChanges.id))
    .limit(limit);
}
