import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { openAttention } from '../notify/attention.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { connections } from '../schema/setup.ts';
import { closeConnectionAttention } from './close-connection-attention.ts';
import { endConnection } from './end-connection.ts';
import { finishAttempt } from './finish-attempt.ts';
import { forgetAccount } from './forget-account.ts';
import type { SetupRow } from './lock-setup.ts';
import { lockSetup } from './lock-setup.ts';
import { saveStep } from './save-step.ts';
import { wakeWaitingOrders } from './wake-waiting-orders.ts';

/** What an admin's sign-in has brought. Tokens are sealed. */
export interface NewConnection {
  accountId: string;
  accountName: string;
  userName: string;
  employeeId: string;
  accessToken: string;
  refreshToken: string;
  accessExpiresAt: Date;
}

export type ConnectResult =
  | { kind: 'connected'; owed: WakeUp[] }
  | { kind: 'refused'; code: 'account-mismatch' | 'account-connected-elsewhere' }
  /** The attempt's outcome was known already: nothing has changed. */
  | { kind: 'late' };

/**
 * Makes the new connection the tenant's only one (R4): from the commit on the former one's tokens are used by nobody.
 * An account serves one tenant: with `takeOver` the other is disconnected and told.
 */
export async function connectAccount(
  tx: Transaction,
  attempt: { tenant: string; id: string; takeOver: boolean; changeAccount: boolean; keyId: string | null },
  connection: NewConnection,
): Promise<ConnectResult> {
  const { tenant } = attempt;
  const { accountId } = connection;
  // Two tenants that connect the same account at once come one after the other.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`account/${accountId}`}, 0))`);
  const before = await lockSetup(tx, tenant);
  const holder = await otherTenantOf(tx, tenant, accountId);
  if (holder && !attempt.takeOver) return { kind: 'refused', code: 'account-connected-elsewhere' };
  const isOther = await isOtherAccount(tx, before, accountId);
  if (isOther && !attempt.changeAccount) return { kind: 'refused', code: 'account-mismatch' };
  const isFinished = await finishAttempt(tx, tenant, attempt.id, { outcome: 'connected', message: null });
  if (!isFinished) return { kind: 'late' };

  const owed = holder ? await disconnectOther(tx, holder) : [];
  const replaced = await endConnection(tx, tenant, { state: 'replaced', reason: 'A new connection took its place' });
  await closeConnectionAttention(tx, tenant);
  const [created] = await tx
    .insert(connections)
    .values({ tenant, state: 'active', ...connection })
    .returning({ id: connections.id });
  owed.push(...(await wakeWaitingOrders(tx, tenant)));
  // Without a connection nobody waited for the next sale to begin or end.
  owed.push(await requestWakeUp(tx, tenant, 'sale-boundary', tenant));
  const data = { connectionId: created!.id, accountId };
  if (replaced) {
    const event = {
      type: 'connection.replaced' as const,
      subject: 'setup',
      data: { ...data, replacedId: replaced.id },
    };
    owed.push(await recordEvent(tx, tenant, event));
  }
  const saved = await saveStep(
    tx,
    {
      tenant,
      requestId: `connect/${attempt.id}`,
      keyId: attempt.keyId,
      ifMatch: null,
      step: 'connect',
      choice: { accountId, takeOver: attempt.takeOver, changeAccount: attempt.changeAccount },
      warnings: [],
      event: { type: 'connection.connected', data },
    },
    () => (isOther ? forgetAccount(tx, tenant) : {}),
  );
  return { kind: 'connected', owed: [...owed, ...saved.owed] };
}

async function otherTenantOf(tx: Transaction, tenant: string, accountId: string): Promise<string | null> {
  const [other] = await tx
    .select({ tenant: connections.tenant })
    .from(connections)
    .where(
      and(
        eq(connections.accountId, accountId),
        ne(connections.tenant, tenant),
        inArray(connections.state, ['active', 'lost']),
      ),
    );
  return other?.tenant ?? null;
}

/** Whether choices were made for another account, whose ids would mean something else in this one. */
async function isOtherAccount(tx: Transaction, before: SetupRow, accountId: string): Promise<boolean> {
  const hasChosen =
    before.storesDone || before.pricing?.enabled === true || (before.orderExport?.mode ?? 'off') !== 'off';
  if (!hasChosen) return false;
  const [latest] = await tx
    .select({ accountId: connections.accountId })
    .from(connections)
    .where(eq(connections.tenant, before.tenant))
    .orderBy(desc(connections.connectedAt))
    .limit(1);
  return latest !== undefined && latest.accountId !== accountId;
}

async function disconnectOther(tx: Transaction, other: string): Promise<WakeUp[]> {
  const ended = await endConnection(tx, other, {
    state: 'disconnected',
    reason: 'Another storefront has taken the Lightspeed account over',
  });
  if (!ended) return [];
  const owed = await wakeWaitingOrders(tx, other);
  const data = { connectionId: ended.id, accountId: ended.accountId, reason: 'taken-over' };
  await openAttention(
    tx,
    other,
    { kind: 'connection', id: ended.id, code: 'taken-over' },
    {
      message: 'Another storefront has taken the Lightspeed account over; nothing syncs and no order is exported.',
      remedy: 'Connect Lightspeed again in the setup, or leave it if that was meant.',
    },
  );
  return [...owed, await recordEvent(tx, other, { type: 'connection.disconnected', subject: 'setup', data })];
}
