import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { FaultCode, SetupFault } from '../../domain/setup/find-faults.ts';
import type { Transaction } from '../database.ts';
import { openAttention } from '../notify/attention.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { attention } from '../schema/notify.ts';
import { tillFacts } from '../schema/orders.ts';
import { connections } from '../schema/setup.ts';
import { lockSetup } from './lock-setup.ts';
import { wakeWaitingOrders } from './wake-waiting-orders.ts';

/** What was looked at: the findings count only for this connection and this version of the setup. */
export interface CheckedSetup {
  tenant: string;
  connectionId: string;
  version: number;
}

/**
 * Says what a look at Lightspeed has found (R36): a fault that is new opens, one that is gone heals. Does nothing if the
 * setup has changed since it was read: the next sweep looks again.
 * @param looked the codes that were looked for: others stay as they are.
 * @returns the wake-ups owed; null if nothing was recorded.
 */
export async function recordHealth(
  tx: Transaction,
  { tenant, connectionId, version }: CheckedSetup,
  looked: readonly FaultCode[],
  faults: readonly (SetupFault & { code: FaultCode })[],
): Promise<WakeUp[] | null> {
  const setup = await lockSetup(tx, tenant);
  if (setup.version !== version) return null;
  const [live] = await tx
    .update(connections)
    .set({ checkedAt: sql`now()` })
    .where(and(eq(connections.tenant, tenant), eq(connections.id, connectionId), eq(connections.state, 'active')))
    .returning({ id: connections.id });
  if (!live) return null;
  const gone = looked.filter((code) => !faults.some((fault) => fault.code === code));
  const healed = gone.length > 0 ? await healFaults(tx, tenant, gone) : [];
  // Orders that were parked for it look again, at lists read anew.
  const isForOrders = healed.some((code) => code === 'employee-unusable' || code === 'register-unusable');
  if (isForOrders) await tx.update(tillFacts).set({ readAt: null }).where(eq(tillFacts.tenant, tenant));
  const orders = isForOrders ? await wakeWaitingOrders(tx, tenant) : [];
  let isAnyNew = false;
  for (const { step, code, reason, remedy } of faults) {
    const subject =
      step === 'connect' ? { kind: 'connection' as const, id: connectionId } : { kind: 'setup' as const, id: step };
    const isNew = await openAttention(tx, tenant, { ...subject, code }, { message: reason, remedy });
    isAnyNew ||= isNew;
  }
  return isAnyNew ? [...orders, await requestWakeUp(tx, tenant, 'notify', tenant)] : orders;
}

/** @returns the codes that were open. */
async function healFaults(tx: Transaction, tenant: string, codes: readonly FaultCode[]): Promise<string[]> {
  const healed = await tx
    .update(attention)
    .set({ resolvedAt: sql`now()` })
    .where(
      and(
        eq(attention.tenant, tenant),
        inArray(attention.subjectKind, ['connection', 'setup']),
        inArray(attention.code, [...codes]),
        isNull(attention.resolvedAt),
      ),
    )
    .returning({ code: attention.code });
  return healed.map(({ code }) => code);
}
