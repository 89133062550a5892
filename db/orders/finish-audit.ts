import { and, eq, isNull, sql } from 'drizzle-orm';
import { auditCode, auditWords, isAuditCode } from '../../domain/orders/audit-finding.ts';
import type { Database, Transaction } from '../database.ts';
import { resolveAttention } from '../notify/attention.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { attention } from '../schema/notify.ts';
import { auditedSales, orderAudits, orderExports, orderHistory } from '../schema/orders.ts';
import { tenants } from '../schema/tenants.ts';
import type { AuditClaim } from './claim-audit.ts';
import type { LedgerDifference } from './compare-ledger.ts';
import { compareLedger } from './compare-ledger.ts';
import { compareRefunds } from './compare-refunds.ts';
import { moveExport } from './move-export.ts';
import { openOrderAttention } from './open-order-attention.ts';

/**
 * Compares ledger and till, and ends the audit: each difference is attention on its order, told once and closed when it
 * is gone. Where an order's own sale is gone and one other of the same total can only be the order's, that one is taken
 * instead: nothing is sent, and nobody is asked.
 * @returns the wake-ups to signal; null when another has claimed the audit since.
 */
export async function finishAudit(db: Database, claim: AuditClaim): Promise<WakeUp[] | null> {
  const { tenant } = claim;
  return db.transaction(async (tx) => {
    const [held] = await tx
      .select({ id: orderAudits.id })
      .from(orderAudits)
      .where(
        and(eq(orderAudits.id, claim.auditId), eq(orderAudits.fence, claim.fence), eq(orderAudits.state, 'running')),
      )
      .for('update');
    if (!held) return null;
    const [profile] = await tx.select().from(tenants).where(eq(tenants.tenant, tenant));
    const wakeUps: WakeUp[] = [];
    const standing: LedgerDifference[] = [];
    const differences = [
      ...(await compareLedger(tx, tenant, claim.accountId)),
      ...(await compareRefunds(tx, tenant, claim.accountId)),
    ];
    for (const difference of differences) {
      if (await takeReplacement(tx, claim, difference, profile!.timeZone)) continue;
      standing.push(difference);
      const { orderId, refundId, finding } = difference;
      const words = auditWords(finding, refundId, profile!.currency);
      const code = auditCode(finding, refundId);
      const opened = await openOrderAttention(tx, tenant, orderId, { code, ...words });
      if (opened.length > 0) await note(tx, tenant, orderId, code, words.message);
      wakeUps.push(...opened);
    }
    await closeGone(tx, tenant, standing);
    await tx
      .update(orderAudits)
      .set({ state: 'succeeded', differences: standing.length, cursor: null, endedAt: sql`now()` })
      .where(eq(orderAudits.id, claim.auditId));
    return wakeUps;
  });
}

/** Makes the one sale that is left the order's. Both of an order's differences come here: the second finds it done. */
async function takeReplacement(
  tx: Transaction,
  { tenant, accountId }: AuditClaim,
  { orderId, replacement }: LedgerDifference,
  zone: string,
): Promise<boolean> {
  if (replacement === null) return false;
  const [ledger] = await tx
    .select({ fence: orderExports.fence, saleId: orderExports.saleId })
    .from(orderExports)
    .where(and(eq(orderExports.tenant, tenant), eq(orderExports.orderId, orderId)))
    .for('update');
  if (ledger?.saleId === replacement) return true;
  const [sale] = await tx
    .select()
    .from(auditedSales)
    .where(
      and(eq(auditedSales.tenant, tenant), eq(auditedSales.accountId, accountId), eq(auditedSales.saleId, replacement)),
    );
  if (!ledger || !sale) return false;
  const { saleId, ticketNumber, total: saleTotal } = sale;
  const exportedAt = new Date();
  return moveExport(
    tx,
    { tenant, orderId, fence: ledger.fence, zone },
    {
      from: ['exported', 'resolved'],
      to: 'exported',
      situation: { kind: 'exported', ticketNumber, exportedAt: exportedAt.toISOString() },
      set: { saleId, ticketNumber, saleTotal, exportedAt },
    },
  );
}

/** What an earlier audit told and this one no longer finds is closed. */
async function closeGone(tx: Transaction, tenant: string, standing: LedgerDifference[]): Promise<void> {
  const isStanding = new Set(
    standing.map(({ orderId, refundId, finding }) => `${auditCode(finding, refundId)} ${orderId}`),
  );
  const open = await tx
    .select({ orderId: attention.subjectId, code: attention.code })
    .from(attention)
    .where(and(eq(attention.tenant, tenant), eq(attention.subjectKind, 'order'), isNull(attention.resolvedAt)));
  for (const { orderId, code } of open) {
    if (!isAuditCode(code) || isStanding.has(`${code} ${orderId}`)) continue;
    await resolveAttention(tx, tenant, { kind: 'order', id: orderId, code });
    await note(tx, tenant, orderId, 'audited', 'The till and the order agree again');
  }
}

/** Not in the history of an order that nobody has told of: it has none. */
async function note(tx: Transaction, tenant: string, orderId: string, code: string, message: string): Promise<void> {
  const known = and(eq(orderExports.tenant, tenant), eq(orderExports.orderId, orderId));
  if ((await tx.$count(orderExports, known)) === 1) {
    await tx.insert(orderHistory).values({ tenant, orderId, code, message });
  }
}
