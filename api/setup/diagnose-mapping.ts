import type { Database } from '../../db/database.ts';
import { readLastPull } from '../../db/inventory/read-last-pull.ts';
import { readMappingFacts } from '../../db/inventory/read-mapping-facts.ts';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { describePull, secondsLeft } from '../../domain/inventory/pull-progress.ts';
import type { NothingMaps } from '../../domain/inventory/why-nothing-maps.ts';
import { whyNothingMaps } from '../../domain/inventory/why-nothing-maps.ts';

/**
 * Why a completed and connected setup shows nothing (R22): the first pull still running and how long it will take, or
 * what matching has found. Null if something maps; before completion the preview tells.
 */
export async function diagnoseMapping(db: Database, tenant: string): Promise<NothingMaps | null> {
  const last = await readLastPull(db, tenant); // first: one that ends in between is then found in the facts
  const facts = await readSyncFacts(db, tenant);
  if (!facts?.isSetupComplete || facts.connection?.state !== 'active') return null;
  if (facts.isPulled) return whyNothingMaps(await readMappingFacts(db, tenant));
  const cause = 'first-pull';
  if (last?.state === 'running') {
    const remedy = 'Wait: items are mapped and displayed once all of it was read.';
    return { cause, message: describePull(last, secondsLeft(last)), remedy };
  }
  if (last?.state === 'failed') {
    const message = `Lightspeed could not be read completely yet. ${last.errorMessage ?? 'The reading was cut off.'}`;
    return { cause, message, remedy: 'It is tried again with the next sync; POST …/sync/run tries now.' };
  }
  return { cause, message: 'Lightspeed is about to be read for the first time.', remedy: 'Wait a minute.' };
}
