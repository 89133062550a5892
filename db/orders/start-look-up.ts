import type { ExportState } from '../../domain/orders/export-moves.ts';
import type { Database } from '../database.ts';
import type { OrderFacts } from './load-order-facts.ts';
import { loadOrderFacts } from './load-order-facts.ts';
import type { ExportHold } from './move-export.ts';
import { planExport } from './plan-export.ts';
import { isGlance } from './settling.ts';

/** What a look-up begins with; it is recorded only while this is still so. */
export interface LookUp extends ExportHold {
  state: ExportState;
  lookUps: number;
  /** Too early to tell that nothing was booked: only a find counts. */
  isGlance: boolean;
  /**
   * A sale of this order can bear no earlier time: that of the first attempt, or of a payment where sales are dated by
   * it. Null when nothing of this order was ever sent.
   */
  earliestSaleAt: Date | null;
  /** What the sale was sent with, else what it would be sent with now. */
  total: string | null;
}

/** Reads what a look-up must know before it asks the till. Null for an unknown order. */
export async function startLookUp(db: Database, tenant: string, orderId: string): Promise<LookUp | null> {
  const facts = await loadOrderFacts(db, tenant, orderId);
  if (!facts) return null;
  const { ledger, now, zone } = facts;
  const { fence, state, lookUps } = ledger;
  const earliestSaleAt = earliestSale(facts);
  return {
    tenant,
    orderId,
    zone,
    fence,
    state,
    lookUps,
    isGlance: isGlance(ledger, now),
    earliestSaleAt,
    total: expectedTotal(facts),
  };
}

function earliestSale({ ledger, payments }: OrderFacts): Date | null {
  if (ledger.firstAttemptAt === null) return null;
  const moments = [ledger.firstAttemptAt.getTime(), ...payments.map(({ capturedAt }) => Date.parse(capturedAt))];
  return new Date(Math.min(...moments));
}

function expectedTotal(facts: OrderFacts): string | null {
  const { ledger, settings, account, snapshot } = facts;
  if (ledger.firstAttemptAt) return ledger.saleTotal;
  if (!settings || settings.mode === 'off' || !account || !snapshot) return null;
  const plan = planExport(facts, settings, account.facts);
  return plan.kind === 'plan' ? plan.totals.total : null;
}
