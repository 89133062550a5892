import { and, eq, isNull, sql } from 'drizzle-orm';
import type { KeyRing } from '../../runtime/key-ring.ts';
import type { Database, Transaction } from '../database.ts';
import { outbox, webhooks } from '../schema/notify.ts';
import type { WakeUp } from './wake-ups.ts';
import { requestWakeUp } from './wake-ups.ts';

const binding = (tenant: string) => `${tenant}/webhooks.secret`;

/** Where a tenant's events go, with the opened secret; null when it has said nothing. */
export async function findWebhook(db: Database, ring: KeyRing, tenant: string) {
  const [row] = await db.select().from(webhooks).where(eq(webhooks.tenant, tenant));
  return row ? { url: row.url, secret: ring.open(row.secret, binding(tenant)), updatedAt: row.updatedAt } : null;
}

/** Sets where events go. What is still undelivered is due at once: the new address may work. */
export async function putWebhook(
  tx: Transaction,
  ring: KeyRing,
  tenant: string,
  target: { url: string; secret: string },
): Promise<WakeUp> {
  const row = { url: target.url, secret: ring.seal(target.secret, binding(tenant)) };
  await tx
    .insert(webhooks)
    .values({ tenant, ...row })
    .onConflictDoUpdate({ target: webhooks.tenant, set: { ...row, updatedAt: sql`now()` } });
  await tx
    .update(outbox)
    .set({ nextAttemptAt: sql`now()` })
    .where(and(eq(outbox.tenant, tenant), isNull(outbox.deliveredAt)));
  return requestWakeUp(tx, tenant, 'notify', tenant);
}
