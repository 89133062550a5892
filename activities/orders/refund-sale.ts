import type { RefundFacts } from '../../db/orders/load-refund-facts.ts';
import type { RefundPlan, RefundRefusal } from '../../domain/orders/plan-refund.ts';
import { planRefund } from '../../domain/orders/plan-refund.ts';
import { registerOfRefund } from '../../domain/orders/sale-register.ts';
import type { ActiveOrderExportSettings } from '../../domain/setup/settings.ts';
import type { NewSale, TillSaleWithParts } from '../../lightspeed/till.ts';
import type { OrderRefundInput } from '../../workflows/messages/orders.ts';
import { newLine, newPayments } from './new-sale.ts';

/** What marks a tenant's refund sales in the till as ours. */
export function refundSource(tenant: string): string {
  return `tillbridge-refund:${tenant}`;
}

/** What marks a refund's sale in the till: an order's number can't hold a colon. */
export function refundReference({ tenant, orderId, refundId }: OrderRefundInput): { number: string; source: string } {
  return { number: `${orderId}:${refundId}`, source: refundSource(tenant) };
}

/** The refund that a reference number is of; null if it is none of ours. */
export function refundOfReference(number: string): { orderId: string; refundId: string } | null {
  const colon = number.indexOf(':');
  return colon === -1 ? null : { orderId: number.slice(0, colon), refundId: number.slice(colon + 1) };
}

/** The refund's sale as it is to be sent, or why a person must decide. */
export function planRefundSale(facts: RefundFacts, parent: TillSaleWithParts): RefundPlan | RefundRefusal {
  const { refund, earlier, order, account, mappings } = facts;
  const sellsItem = (facts.snapshot?.lines ?? []).flatMap(({ lineId, unitPrice }) => {
    const itemId = Object.hasOwn(mappings, lineId) ? mappings[lineId]?.itemId : undefined;
    return itemId === undefined ? [] : [[lineId, { itemId, unitPrice }] as const];
  });
  return planRefund({
    refund,
    earlier,
    saleLines: order.saleLines ?? [],
    items: Object.fromEntries(sellsItem),
    soldLines: parent.lines,
    soldPayments: parent.payments,
    tax: account?.taxCategories.find(({ taxCategoryId }) => taxCategoryId === parent.taxCategoryId) ?? null,
  });
}

/** @param isOnePost else it is opened, and paid once its total is read. */
export function newRefundSale(
  input: OrderRefundInput,
  facts: RefundFacts & { settings: ActiveOrderExportSettings },
  parent: TillSaleWithParts,
  { lines, payments }: RefundPlan,
  isOnePost: boolean,
): NewSale {
  const { number: referenceNumber, source: referenceNumberSource } = refundReference(input);
  return {
    completed: isOnePost,
    employeeId: facts.settings.employeeId,
    ...registerOfRefund(facts.snapshot ?? { lines: [] }, facts.settings, parent.shopId),
    customerId: facts.order.customerId,
    referenceNumber,
    referenceNumberSource,
    taxCategoryId: parent.taxCategoryId,
    lines: lines.map(({ parentSaleLineId, ...line }) => ({
      ...newLine(line),
      ...(parentSaleLineId === null ? {} : { parentSaleLineId }),
    })),
    payments: isOnePost ? newPayments({ payments }) : [],
  };
}
