import { balanceOf } from '../../domain/orders/balance.ts';
import type { OrderSituation } from '../../domain/orders/order-message.ts';
import { orderMessage } from '../../domain/orders/order-message.ts';
import type { SalePlan } from '../../domain/orders/plan-sale.ts';
import type { ActiveOrderExportSettings } from '../../domain/setup/settings.ts';
import { isAccountCurrent } from './is-account-current.ts';
import type { OrderFacts } from './load-order-facts.ts';
import { planExport } from './plan-export.ts';

type NoSale = { kind: 'none'; code: string; message: string };

/** The sale that would be sent now, or once the order is paid; or why there is none. */
export type PlannedSale = SalePlan | NoSale;

/** What the order would become, by what is known now. */
export function plannedSale(facts: OrderFacts): PlannedSale {
  const { account, connection, zone } = facts;
  const by = plannableBy(facts);
  if (by.kind === 'none') return by;
  if (account?.connectionId !== connection?.id || !account) {
    if (connection?.state !== 'active') return inWords({ kind: 'waiting-for-connection' }, zone);
    return { kind: 'none', code: 'lists-unread', message: "The account's lists have not been read yet" };
  }
  const plan = planExport(asIfPaid(facts), by.settings, account.facts);
  return plan.kind === 'plan' ? plan : { kind: 'none', code: plan.code, message: plan.message };
}

/** Whether the account's lists are wanted to plan the order's sale by, and are missing or too old. */
export function wantsLists(facts: OrderFacts): boolean {
  return plannableBy(facts).kind === 'settings' && facts.connection?.state === 'active' && !isAccountCurrent(facts);
}

function plannableBy(facts: OrderFacts): { kind: 'settings'; settings: ActiveOrderExportSettings } | NoSale {
  const { ledger, snapshot, settings, setupMissing: missing, zone } = facts;
  if (ledger.state !== 'waiting' && ledger.state !== 'attention') {
    return { kind: 'none', code: ledger.messageCode, message: ledger.message };
  }
  if (!snapshot) return inWords({ kind: 'waiting-for-snapshot' }, zone);
  if (!facts.isSetupComplete || !settings) return inWords({ kind: 'waiting-for-setup', missing }, zone);
  return settings.mode === 'off' ? inWords({ kind: 'export-off' }, zone) : { kind: 'settings', settings };
}

function inWords(situation: OrderSituation, zone: string): NoSale {
  return { kind: 'none', code: situation.kind, message: orderMessage(situation, zone) };
}

/** What is still due, as one payment more: its method isn't known, so that the default payment type stands for it. */
function asIfPaid(facts: OrderFacts): OrderFacts {
  const { snapshot, payments, now } = facts;
  const balance = balanceOf({ total: snapshot!.total, payments, refunds: facts.refunds });
  if (balance.kind !== 'due') return facts;
  const due = { paymentId: 'due', amount: balance.amount, method: '', state: 'captured' as const };
  return { ...facts, payments: [...payments, { ...due, capturedAt: now.toISOString() }] };
}
