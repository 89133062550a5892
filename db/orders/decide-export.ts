import { balanceOf } from '../../domain/orders/balance.ts';
import type { ExportState } from '../../domain/orders/export-moves.ts';
import { fulfilmentOf } from '../../domain/orders/fulfilment.ts';
import type { OrderSituation } from '../../domain/orders/order-message.ts';
import type { PlanRefusal } from '../../domain/orders/plan-refusal.ts';
import { balanceRefusal } from '../../domain/orders/plan-refusal.ts';
import type { SalePlan } from '../../domain/orders/plan-sale.ts';
import { withoutRefundedUnits } from '../../domain/orders/refunded-units.ts';
import { isAccountCurrent } from './is-account-current.ts';
import type { OrderFacts } from './load-order-facts.ts';
import type { Unplannable } from './plan-export.ts';
import { planExport } from './plan-export.ts';
import { settlingOf } from './settling.ts';

/** What the export does next. `waitMs` null: until something changes. */
export type ExportStep =
  | { kind: 'end' }
  | { kind: 'wait'; waitMs: number | null }
  /** The ledger has moved: look again at once. */
  | { kind: 'again' }
  | { kind: 'read-account' }
  | { kind: 'look-up' }
  | { kind: 'create-tax-category' }
  | { kind: 'find-customer' }
  | { kind: 'post' };

/** Where the order stands now. `situation` null: the ledger's words stand. */
export interface Decision {
  step: ExportStep;
  state: ExportState;
  situation: OrderSituation | null;
  /** `difference`: what the order comes to less what its sale does. */
  attention: { code: string; message: string; remedy: string; difference?: string } | null;
  settleUntil: Date | null;
  plan: SalePlan | null;
}

/** `fact`: a storefront or admin has told something; `workflow`: the export itself looks, and no POST of it is under way. */
export type Asker = { by: 'fact' } | { by: 'workflow'; settleWindowMs: number };

/**
 * Attention that comes from the facts themselves: looked at anew whenever something changes, so that a corrected
 * setting or order needs no retry. Any other kind stays until a person retries or resolves.
 */
const revisited = new Set([
  'payment-type-missing',
  'tax-mismatch',
  'total-mismatch',
  'quantity',
  'discount',
  'overpaid',
  'order-unreadable',
  'employee-unusable',
  'register-unusable',
]);

/** The message code of an order that a person has set never to be exported. */
export const neverExport = 'by-hand';

/** Decides an order's next step from its facts alone, so that any worker at any time decides the same. */
export function decideExport(facts: OrderFacts, asker: Asker): Decision {
  const { ledger, cancelledAt } = facts;
  switch (ledger.state) {
    case 'exported':
      return afterExport(facts);
    case 'resolved':
    case 'cancelled':
      return decision(ledger.state, { kind: 'end' });
    case 'claimed':
    case 'in-doubt':
      return asker.by === 'fact' ? decision(ledger.state, waitFor(null)) : settling(facts, asker.settleWindowMs);
    case 'not-exported':
      return ledger.messageCode === neverExport ? decision(ledger.state, { kind: 'end' }) : ready(facts);
    case 'attention':
      if (cancelledAt && ledger.firstAttemptAt === null) return cancelled();
      return revisited.has(ledger.messageCode) ? ready(facts) : decision(ledger.state, waitFor(null));
    case 'waiting':
      return ready(facts);
  }
}

/** The sale stands, whatever the storefront says since; a later cancellation is for a person. */
function afterExport({ ledger, cancelledAt }: OrderFacts): Decision {
  const end = decision('exported', { kind: 'end' });
  if (!cancelledAt || ledger.messageCode === 'cancelled-after-export') return end;
  const message = `The order was cancelled after its export as ticket ${ledger.ticketNumber}`;
  const remedy = 'Refund the sale in the till, then resolve the order';
  return {
    ...end,
    situation: { kind: 'cancelled-after-export', ticketNumber: ledger.ticketNumber ?? '' },
    attention: { code: 'cancelled-after-export', message, remedy },
  };
}

/** Something may have been sent: only a sale that is found ends this early; that there is none shows with time alone. */
function settling(facts: OrderFacts, settleWindowMs: number): Decision {
  const { ledger, now } = facts;
  const { settleUntil, step: next } = settlingOf(ledger, now, settleWindowMs, tillWait(facts));
  const inDoubt = (step: ExportStep): Decision => ({
    ...decision('in-doubt', step),
    situation: { kind: 'in-doubt', nextLookAt: settleUntil.toISOString() },
    settleUntil,
  });
  if (facts.connection?.state !== 'active') {
    return { ...inDoubt(waitFor(null)), situation: { kind: 'waiting-for-connection' } };
  }
  if (ledger.accountId !== facts.connection.accountId) return accountChanged();
  return next.kind === 'ready' ? ready(facts) : inDoubt(next);
}

/** The sale may be in an account that we can no longer ask. */
function accountChanged(): Decision {
  const reason = 'The sale may have been booked in the Lightspeed account that was connected before';
  const remedy = 'Look for it there; then resolve the order, or retry it to book it in the account connected now';
  const situation: OrderSituation = { kind: 'attention', reason, remedy };
  const attention = { code: 'account-changed', message: reason, remedy };
  return { ...decision('attention', waitFor(null)), situation, attention };
}

/** Nothing of the order is under way: what it waits for, or the next step towards its sale. */
function ready(facts: OrderFacts): Decision {
  const { snapshot, settings, ledger, connection } = facts;
  if (facts.cancelledAt) return cancelled();
  if (!snapshot) return waiting({ kind: 'waiting-for-snapshot' });
  if (!facts.isSetupComplete || !settings) return waiting({ kind: 'waiting-for-setup', missing: facts.setupMissing });
  const balance = balanceOf({ total: snapshot.total, payments: facts.payments, refunds: facts.refunds });
  const isOver = balance.kind === 'overpaid' && settings.mode !== 'off';
  if (balance.kind !== 'balanced' && !isOver) {
    return waiting({ kind: 'unbalanced', balance, currency: snapshot.currency });
  }
  if (settings.mode === 'off') return waiting({ kind: 'export-off' });
  if (settings.whenFulfilled) {
    const { lines } = withoutRefundedUnits(snapshot, facts.refunds);
    const fulfilment = fulfilmentOf(lines, facts.fulfilments);
    if (fulfilment.kind === 'waiting') return waiting({ kind: 'waiting-for-fulfilment', left: fulfilment.left });
  }
  if (facts.exportFrom && !ledger.byHand && Date.parse(snapshot.placedAt) < facts.exportFrom.getTime()) {
    return waiting({ kind: 'before-export-start', exportFrom: facts.exportFrom.toISOString() });
  }
  const overpaid = balanceRefusal({ order: snapshot, payments: facts.payments, refunds: facts.refunds });
  if (overpaid) return refused(overpaid);
  if (connection?.state !== 'active') return waiting({ kind: 'waiting-for-connection' });
  const tillWaitMs = tillWait(facts);
  if (tillWaitMs > 0) return decision('waiting', waitFor(tillWaitMs));
  const { account } = facts;
  if (!account || !isAccountCurrent(facts)) return exporting({ kind: 'read-account' });

  const plan = planExport(facts, settings, account.facts);
  switch (plan.kind) {
    case 'not-exported':
      return { ...decision('not-exported', { kind: 'end' }), situation: { kind: 'not-exported', reason: plan.code } };
    case 'attention':
    case 'refused':
      return refused(plan);
    case 'plan':
      if (settings.mode === 'dry-run' && !ledger.byHand) {
        return { ...waiting({ kind: 'dry-run', saleTotal: plan.totals.total, currency: snapshot.currency }), plan };
      }
      return { ...exporting(stepTowards(plan, ledger)), plan };
  }
}

/** A person must look at it; what they can accept goes along. */
function refused(refusal: Exclude<PlanRefusal, { kind: 'not-exported' }> | Unplannable): Decision {
  const { code, message, remedy } = refusal;
  const difference = 'figures' in refusal ? { difference: refusal.figures.difference } : {};
  const situation: OrderSituation = { kind: 'attention', reason: message, remedy };
  return { ...decision('attention', waitFor(null)), situation, attention: { code, message, remedy, ...difference } };
}

/** How long the till is to be left alone, after it has not answered or its budget was used up. */
function tillWait({ ledger, now }: OrderFacts): number {
  return ledger.nextTryAt ? Math.max(0, ledger.nextTryAt.getTime() - now.getTime()) : 0;
}

function stepTowards(plan: SalePlan, ledger: OrderFacts['ledger']): ExportStep {
  if (ledger.lookUps === 0) return { kind: 'look-up' };
  if (plan.createTaxCategory) return { kind: 'create-tax-category' };
  if (plan.customer && ledger.customerId === null) return { kind: 'find-customer' };
  return { kind: 'post' };
}

function cancelled(): Decision {
  return { ...decision('cancelled', { kind: 'end' }), situation: { kind: 'cancelled' } };
}

function waiting(situation: OrderSituation): Decision {
  return { ...decision('waiting', waitFor(null)), situation };
}

function exporting(step: ExportStep): Decision {
  return { ...decision('waiting', step), situation: { kind: 'exporting' } };
}

function waitFor(waitMs: number | null): ExportStep {
  return { kind: 'wait', waitMs };
}

function decision(state: ExportState, step: ExportStep): Decision {
  return { step, state, situation: null, attention: null, settleUntil: null, plan: null };
}
