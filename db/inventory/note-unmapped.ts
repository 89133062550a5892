import { whyNothingMaps } from '../../domain/inventory/why-nothing-maps.ts';
import type { Transaction } from '../database.ts';
import { openAttention, resolveAttention } from '../notify/attention.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { readMappingFacts } from './read-mapping-facts.ts';

/**
 * Says when a whole catalogue maps to nothing, with the likely cause (R22), and takes that back when something does.
 * Called after matching, so the first full pull is over.
 */
export async function noteUnmapped(tx: Transaction, tenant: string): Promise<WakeUp[]> {
  const subject = { kind: 'mapping', id: tenant, code: 'nothing-maps' } as const;
  const why = whyNothingMaps(await readMappingFacts(tx, tenant));
  if (!why || why.cause === 'no-catalogue') {
    await resolveAttention(tx, tenant, subject);
    return [];
  }
  const { message, remedy } = why;
  const isNew = await openAttention(tx, tenant, subject, { message, remedy });
  return isNew ? [await requestWakeUp(tx, tenant, 'notify', tenant)] : [];
}
