import type { Database } from '../database.ts';
import { openAttention, resolveAttention } from '../notify/attention.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import type { Retired } from './retire-unseen.ts';

/** Says that a full pull would have hidden too much at once, or takes that back when a later one would not. */
export async function noteRetirement(db: Database, tenant: string, retired: Retired): Promise<WakeUp[]> {
  const subject = { kind: 'sync', id: tenant, code: 'mass-retirement' } as const;
  return db.transaction(async (tx) => {
    if (retired.kind === 'retired') {
      await resolveAttention(tx, tenant, subject);
      return [];
    }
    const message = `The till no longer returned ${retired.wouldHide} of ${retired.of} mapped items. None was taken away.`;
    const remedy =
      'Check in Lightspeed whether they were deleted. If so, unmap them; if not, the next full pull finds them again.';
    return (await openAttention(tx, tenant, subject, { message, remedy }))
      ? [await requestWakeUp(tx, tenant, 'notify', tenant)]
      : [];
  });
}
