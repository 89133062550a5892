import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { AuditClaim } from '../../db/orders/claim-audit.ts';
import { claimAudit } from '../../db/orders/claim-audit.ts';
import type { AuditedSale } from '../../db/orders/keep-audited-sales.ts';
import { keepAuditedSales } from '../../db/orders/keep-audited-sales.ts';
import type { UnseenExport } from '../../db/orders/list-unseen-exports.ts';
import { listUnseenExports } from '../../db/orders/list-unseen-exports.ts';
import type { Till, TillSale } from '../../lightspeed/till.ts';
import type { AuditStep } from '../../workflows/messages/orders.ts';
import { saleSource } from './new-sale.ts';
import type { OrderAuditDeps } from './order-audit.ts';
import { refundOfReference, refundSource } from './refund-sale.ts';
import { whileHeartbeating } from './while-heartbeating.ts';

/** Polls and orders go on beside it. */
const dripShare = 0.25;

/**
 * Reads the till's sales of the audit's window, page by page, each kept with how far it was read, and asks one by one for
 * the sales of the ledger that were on no page. The reference filter isn't used: a till that doesn't know it would hide
 * what is looked for. Safe to repeat: it goes on after the last page kept, under a fence.
 * @throws ApplicationFailure `audit-over`: the audit has ended, or its connection was replaced; LightspeedError.
 */
export async function readTillSales({ db, openTill }: OrderAuditDeps, { tenant, auditId }: AuditStep): Promise<void> {
  await whileHeartbeating(async () => {
    const claim = await claimAudit(db, tenant, auditId);
    if (!claim) throw auditOver();
    const till = await openTill(tenant, 'bulk');
    const signal = Context.current().cancellationSignal;
    if (claim.pages === 0 || claim.cursor !== null) {
      for await (const { rows, next } of till.changedSalePages(claim.salesFrom, claim.cursor, { signal, dripShare })) {
        const ours = rows.flatMap((sale) => asOurs(tenant, sale) ?? []);
        const kept = await keepAuditedSales(db, claim, [...newest(ours).values()], { next, salesRead: rows.length });
        if (!kept) throw auditOver();
      }
    }
    for (const unseen of await listUnseenExports(db, claim)) {
      await keep(db, claim, await lookAt(till, unseen));
    }
  });
}

async function keep(db: OrderAuditDeps['db'], claim: AuditClaim, sale: AuditedSale): Promise<void> {
  if (!(await keepAuditedSales(db, claim, [sale], null))) throw auditOver();
}

async function lookAt(till: Till, { saleId, ...known }: UnseenExport): Promise<AuditedSale> {
  const sale = await till.sale(saleId);
  const { orderId, refundId } = known;
  // Of a sale that was settled by hand the reference is its own: it is the order's all the same.
  return sale ? { ...asSeen(sale), orderId, refundId } : { ...known, saleId, state: 'gone' };
}

/** A sale that bears our source, as it stands: of an order, or of a refund. Null for anybody else's. */
function asOurs(tenant: string, sale: TillSale): AuditedSale | null {
  const { referenceNumber, referenceNumberSource } = sale;
  if (referenceNumberSource === saleSource(tenant)) return { ...asSeen(sale), orderId: referenceNumber };
  const refund = referenceNumberSource === refundSource(tenant) ? refundOfReference(referenceNumber) : null;
  return refund && { ...asSeen(sale), ...refund };
}

/** A sale that changes while it is read comes on two pages, or twice on one. */
function newest(sales: AuditedSale[]): Map<string, AuditedSale> {
  return new Map(sales.map((sale) => [sale.saleId, sale]));
}

function asSeen({ saleId, ticketNumber, calcTotal, ...sale }: TillSale): Omit<AuditedSale, 'orderId' | 'refundId'> {
  const state = sale.voided ? 'voided' : sale.archived ? 'archived' : sale.completed ? 'completed' : 'open';
  return { saleId, ticketNumber, total: calcTotal, state };
}

export function auditOver(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('The audit is over, or its connection was replaced', 'audit-over');
}
