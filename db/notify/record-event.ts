import { eq, sql } from 'drizzle-orm';
import type { EventType } from '../../domain/notify/event-type.ts';
import type { Transaction } from '../database.ts';
import { outbox } from '../schema/notify.ts';
import { tenants } from '../schema/tenants.ts';
import type { WakeUp } from './wake-ups.ts';
import { requestWakeUp } from './wake-ups.ts';

/**
 * Writes an event in the transaction of what it tells, as the transaction's last steps: the number is taken from the
 * tenant's row, whose lock is held until the commit, so that numbers appear in order.
 * @param subject what keeps its order: `order:1001`, `listings`, `setup`.
 * @param data ids, counts and states: no secret, no customer.
 * @returns the wake-up owed to the tenant's notify workflow: signal it after the commit.
 */
export async function recordEvent(
  tx: Transaction,
  tenant: string,
  event: { type: EventType; subject: string; data: Record<string, unknown> },
): Promise<WakeUp> {
  const [row] = await tx
    .update(tenants)
    .set({ eventNumber: sql`${tenants.eventNumber} + 1` })
    .where(eq(tenants.tenant, tenant))
    .returning({ number: tenants.eventNumber });
  await tx.insert(outbox).values({ tenant, number: row!.number, ...event });
  return requestWakeUp(tx, tenant, 'notify', tenant);
}
