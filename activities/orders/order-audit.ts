import type { Database } from '../../db/database.ts';
import { beginAudit } from '../../db/orders/begin-audit.ts';
import { claimAudit } from '../../db/orders/claim-audit.ts';
import { failAudit } from '../../db/orders/fail-audit.ts';
import { finishAudit } from '../../db/orders/finish-audit.ts';
import type { OpenTill } from '../../lightspeed/till.ts';
import type { Wake } from '../../temporal/wake.ts';
import type { AuditStep, OrderAuditInput } from '../../workflows/messages/orders.ts';
import { auditOver, readTillSales } from './read-till-sales.ts';

/** What the steps of an audit work with. */
export interface OrderAuditDeps {
  db: Database;
  openTill: OpenTill;
  /** Signals what a step's transaction owes, after its commit. */
  wake: Wake;
}

/** The steps of an audit. Only `readTillSales` calls the till; the others are local activities. */
export function createOrderAuditActivities(deps: OrderAuditDeps) {
  return {
    beginAudit: (step: AuditStep & Pick<OrderAuditInput, 'trigger'>) => beginAudit(deps.db, step),
    readTillSales: (step: AuditStep) => readTillSales(deps, step),
    compareWithLedger: (step: AuditStep) => compareWithLedger(deps, step),
    failAudit: ({ tenant, auditId, errorCode }: AuditStep & { errorCode: string }) =>
      failAudit(deps.db, tenant, auditId, errorCode),
  };
}

export type OrderAuditActivities = ReturnType<typeof createOrderAuditActivities>;

/** @throws ApplicationFailure `audit-over` */
async function compareWithLedger({ db, wake }: OrderAuditDeps, { tenant, auditId }: AuditStep): Promise<void> {
  const claim = await claimAudit(db, tenant, auditId);
  const wakeUps = claim && (await finishAudit(db, claim));
  if (!wakeUps) throw auditOver();
  await wake(wakeUps);
}
