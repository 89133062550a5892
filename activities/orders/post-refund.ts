import { cancellationSignal } from '@temporalio/activity';
import type { RefundClaim } from '../../db/orders/claim-refund.ts';
import { claimRefund } from '../../db/orders/claim-refund.ts';
import { decideRefund } from '../../db/orders/decide-refund.ts';
import type { RefundFacts } from '../../db/orders/load-refund-facts.ts';
import { loadRefundFacts } from '../../db/orders/load-refund-facts.ts';
import { noteOrder } from '../../db/orders/note-order.ts';
import { finishRefund, isRefundHeld, parkRefund, recordOpenRefund } from '../../db/orders/settle-refund.ts';
import { subtractMoney } from '../../domain/money.ts';
import { settleWindowMessage } from '../../domain/orders/order-message.ts';
import type { RefundPlan } from '../../domain/orders/plan-refund.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { Till, TillSale, TillSaleWithParts, WriteOptions } from '../../lightspeed/till.ts';
import type { OrderRefundInput } from '../../workflows/messages/orders.ts';
import { completeOpenSale } from './complete-open-sale.ts';
import type { OrderExportDeps } from './order-export.ts';
import { refundGivesWay } from './refund-gives-way.ts';
import { newRefundSale, planRefundSale } from './refund-sale.ts';
import type { Sending } from './sending.ts';
import { ClaimLost, SaleDiffers, within } from './sending.ts';
import { whileHeartbeating } from './while-heartbeating.ts';

type Settings = Parameters<typeof newRefundSale>[1]['settings'];

/**
 * Sends a refund's sale once, as `postSale` does an order's: the till is opened and the first sale read, then the row is
 * claimed, fence and deadline are checked right before the first byte leaves, and what is not answered stays claimed
 * until look-ups after the settle window settle it. Never retried by Temporal.
 */
export async function postRefund(deps: OrderExportDeps, input: OrderRefundInput): Promise<void> {
  const { db, wake } = deps;
  const { tenant, orderId, refundId } = input;
  await whileHeartbeating(async () => {
    const facts = await loadRefundFacts(db, tenant, orderId, refundId);
    if (!facts || decideRefund(facts, { by: 'workflow', ...input }).step.kind !== 'post') return;
    const { order, settings, refund } = facts;
    const hold = { tenant, orderId, refundId, fence: refund.fence };
    const park = async (words: { code: string; message: string; remedy: string }) => {
      await wake((await db.transaction((tx) => parkRefund(tx, hold, words))) ?? []);
    };
    if (!settings || settings.mode === 'off') return park(exportOff);
    let till: Till;
    let parent: TillSaleWithParts | null;
    try {
      till = await deps.openTill(tenant, 'order');
      parent = await till.saleWithParts(order.saleId!);
    } catch (error) {
      return refundGivesWay(deps, hold, error);
    }
    if (!parent || parent.sale.voided) return park(saleGone(order.ticketNumber));
    const plan = planRefundSale(facts, parent);
    if (plan.kind === 'attention') return park(plan);
    const maySend = within(input.postDeadlineMs); // begins before the claim, so it ends before the row's deadline
    const claim = await db.transaction((tx) => claimRefund(tx, input, till.connectionId, input));
    if (!claim) return;
    for (const note of plan.notes) {
      await noteOrder(db, input, { code: 'refund-not-linked', message: `Refund ${refundId}: ${note}` });
    }
    await send(deps, till, input, { ...facts, settings }, parent, plan, { ...claim, maySend });
  });
}

async function send(
  deps: OrderExportDeps,
  till: Till,
  input: OrderRefundInput,
  facts: RefundFacts & { settings: Settings },
  parent: TillSaleWithParts,
  plan: RefundPlan,
  claim: RefundClaim & Pick<WriteOptions, 'maySend'>,
): Promise<void> {
  const { db, wake } = deps;
  const sending: Sending = {
    mayHaveLeft: false,
    options: {
      signal: AbortSignal.any([cancellationSignal(), AbortSignal.timeout(claim.leftMs)]),
      beforeSend: async () => {
        if (!(await isRefundHeld(db, claim))) throw new ClaimLost();
        sending.mayHaveLeft = true;
      },
      maySend: claim.maySend,
    },
  };
  try {
    const sale = await make();
    await wake((await db.transaction((tx) => finishRefund(tx, claim, sale))) ?? []);
  } catch (error) {
    if (error instanceof ClaimLost && !sending.mayHaveLeft) return;
    if (error instanceof SaleDiffers) {
      await wake((await db.transaction((tx) => parkRefund(tx, claim, error.words))) ?? []);
      return;
    }
    const isUnknown = !LightspeedError.is(error) || error.kind === 'in-doubt' || error.kind === 'malformed';
    if (sending.mayHaveLeft && isUnknown) {
      const why = LightspeedError.is(error) ? error.message : 'its answer could not be recorded';
      const message = `Refund ${claim.refundId}: ${settleWindowMessage(why, input.settleWindowMs)}`;
      await noteOrder(db, input, { code: 'refund-settle-window', message });
      return; // the row says claimed, and the next step settles it
    }
    await refundGivesWay(deps, claim, error);
  }

  async function make(): Promise<TillSale> {
    if (claim.openSaleId !== null) {
      const open = await till.sale(claim.openSaleId);
      if (!open) throw new SaleDiffers('The open refund sale is gone from the till');
      return complete(open);
    }
    const sale = await till.createSale(newRefundSale(input, facts, parent, plan, isPredictable()), sending.options);
    if (sale.completed) return sale;
    if (!(await recordOpenRefund(db, claim, sale.saleId))) throw new ClaimLost();
    sending.mayHaveLeft = false; // the POST is answered and noted: what is in doubt from here on is the PUT alone
    return complete(sale);
  }

  /** The money has been given back: whatever the till reckons, the sale comes to it. */
  function complete(open: TillSale): Promise<TillSale> {
    const totals = { subtotal: plan.total, discount: '0.00', tax1: '0.00', tax2: '0.00', total: plan.total };
    const acceptedTillDifference = subtractMoney(plan.total, open.calcTotal);
    const openPlan = { totals, payments: plan.payments, lines: [], currency: facts.currency };
    return completeOpenSale(till, { plan: openPlan, acceptedTillDifference }, open, sending);
  }

  function isPredictable(): boolean {
    const { account } = facts;
    const tax = account?.taxCategories.find(({ taxCategoryId }) => taxCategoryId === parent.taxCategoryId);
    return account !== null && !account.hasItemFees && !tax?.isTaxInclusive;
  }
}

const exportOff = {
  code: 'export-off',
  message: 'Order export is off: there is no employee and no register to book the refund with',
  remedy: 'Turn it on and retry the refund, or book it in the till by hand',
};

function saleGone(ticketNumber: string | null) {
  return {
    code: 'sale-gone',
    message: `The sale that it takes back, ticket ${ticketNumber}, is gone from the till or voided`,
    remedy: 'Book the refund in the till by hand, if it belongs there',
  };
}
