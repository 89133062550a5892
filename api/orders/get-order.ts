import { z } from 'zod';
import type { OrderDetail } from '../../db/orders/find-order.ts';
import { findOrder } from '../../db/orders/find-order.ts';
import { loadOrderFacts } from '../../db/orders/load-order-facts.ts';
import { wantsLists } from '../../db/orders/planned-sale.ts';
import { orderUnknown } from '../../db/orders/require-order.ts';
import { exportStates } from '../../domain/orders/export-moves.ts';
import type { SalePlan } from '../../domain/orders/plan-sale.ts';
import { endpoint } from '../http/endpoint.ts';
import { FulfilmentInput, OrderInput, PaymentInput, RefundInput } from './order-input.ts';
import { OrderParams } from './order-params.ts';
import { readListsForPlan } from './read-lists-for-plan.ts';

const moment = z.iso.datetime().nullable();

const PlannedSale = z
  .object({
    mode: z.enum(['one-post', 'open-then-complete']),
    registerId: z.string(),
    shopId: z.string(),
    employeeId: z.string(),
    taxCategoryId: z.string().nullable(),
    lines: z.array(
      z.object({
        kind: z.string(),
        itemId: z.string().nullable(),
        note: z.string().nullable(),
        quantity: z.number(),
        unitPrice: z.string(),
        discount: z.string(),
        taxable: z.boolean(),
      }),
    ),
    payments: z.array(
      z.object({
        paymentId: z.string(),
        paymentTypeId: z.string(),
        amount: z.string(),
        remoteReference: z.string(),
      }),
    ),
    keptOff: z
      .object({
        giftCards: z.string(),
        refunded: z.string(),
        payments: z.array(z.object({ paymentId: z.string(), amount: z.string() })),
      })
      .describe('What is not on the sale: gift cards, money given back, and what was paid for them'),
    totals: z.object({
      subtotal: z.string(),
      discount: z.string(),
      tax1: z.string(),
      tax2: z.string(),
      total: z.string(),
    }),
    notes: z.array(z.string()),
  })
  .meta({ id: 'PlannedSale' });

const Order = z
  .object({
    orderId: z.string(),
    state: z.enum(exportStates),
    messageCode: z.string(),
    message: z.string(),
    nextTryAt: moment,
    status: z.string().nullable().describe('The status applied after export'),
    arrivedAt: z.iso.datetime(),
    cancelledAt: moment,
    ticketNumber: z.string().nullable(),
    saleId: z.string().nullable(),
    saleTotal: z.string().nullable(),
    exportedAt: moment,
    order: OrderInput.nullable().describe('The newest snapshot; null while only facts have arrived'),
    payments: z.array(PaymentInput),
    fulfilments: z.array(
      z.object({
        fulfilmentId: z.string(),
        lineId: z.string(),
        quantity: z.number(),
        by: FulfilmentInput.shape.by,
        at: z.iso.datetime(),
      }),
    ),
    refunds: z.array(
      RefundInput.extend({
        state: z.enum(exportStates),
        messageCode: z.string(),
        message: z.string().describe('Where the refund stands, in plain words'),
        ticketNumber: z.string().nullable(),
        saleId: z.string().nullable(),
        exportedAt: moment,
      }),
    ),
    attention: z
      .array(z.object({ code: z.string(), message: z.string(), remedy: z.string(), since: z.iso.datetime() }))
      .describe('What a person must decide now, also about an order that is exported'),
    plannedSale: PlannedSale.nullable().describe('The sale that would be sent now, or once the order is paid'),
    noPlannedSale: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .describe('Why there is no planned sale; null if there is one'),
    history: z.array(
      z.object({
        at: z.iso.datetime(),
        code: z.string(),
        message: z.string(),
        keyId: z.string().nullable(),
        by: z.string().nullable().describe('Who did it by hand: what their key is called'),
      }),
    ),
  })
  .meta({ id: 'Order' });

export const getOrderEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/orders/:order',
  roles: ['storefront', 'admin', 'operator'],
  summary: 'Read an order: where it stands, what is known of it, and what happened',
  description:
    "For the planned sale of an order that waits, the account's lists are read from Lightspeed if they were not in the last 30 minutes: for 3 seconds at most, and within the rate budget.",
  params: OrderParams,
  success: { status: 200, body: Order },
  problems: ['order-unknown'],
  async handle({ params: { tenant, order } }, parts) {
    const { db } = parts;
    const detail = await findOrder(db, tenant, order);
    if (!detail) throw orderUnknown();
    if (!wantsLists(detail.facts)) return { body: toBody(detail, null) };
    const isRead = async () => {
      const facts = await loadOrderFacts(db, tenant, order);
      return facts !== null && !wantsLists(facts);
    };
    const whyUnread = await readListsForPlan(parts, tenant, isRead);
    return { body: toBody((await findOrder(db, tenant, order)) ?? detail, whyUnread) };
  },
});

function toBody(
  { facts, status, arrivedAt, history, attention, refunds, planned }: OrderDetail,
  whyUnread: string | null,
): z.input<typeof Order> {
  const { ledger, snapshot } = facts;
  const { state, messageCode, message, ticketNumber, saleId, saleTotal } = ledger;
  return {
    orderId: facts.orderId,
    state,
    messageCode,
    message,
    nextTryAt: ledger.nextTryAt?.toISOString() ?? null,
    status,
    arrivedAt: arrivedAt.toISOString(),
    cancelledAt: facts.cancelledAt?.toISOString() ?? null,
    ticketNumber,
    saleId,
    saleTotal,
    exportedAt: ledger.exportedAt?.toISOString() ?? null,
    order: snapshot,
    payments: facts.payments.map((payment) => ({ ...payment, capturedAt: utc(payment.capturedAt) })),
    fulfilments: facts.fulfilments.map((fulfilment) => ({ ...fulfilment, at: utc(fulfilment.at) })),
    refunds: refunds.map((refund) => ({
      refundId: refund.refundId,
      amount: refund.amount,
      shippingAmount: refund.shippingAmount,
      at: refund.at.toISOString(),
      lines: refund.lines,
      state: refund.state,
      messageCode: refund.messageCode,
      message: refund.message,
      ticketNumber: refund.ticketNumber,
      saleId: refund.saleId,
      exportedAt: refund.exportedAt?.toISOString() ?? null,
    })),
    attention: attention.map((open) => ({ ...open, since: open.since.toISOString() })),
    plannedSale: planned.kind === 'plan' ? plannedSaleBody(planned) : null,
    noPlannedSale: planned.kind === 'none' ? noPlannedSaleBody(planned, whyUnread) : null,
    history: history.map((line) => ({ ...line, at: line.at.toISOString() })),
  };
}

function plannedSaleBody(plan: SalePlan): z.input<typeof PlannedSale> {
  const { mode, registerId, shopId, employeeId, taxCategoryId, payments, keptOff, totals, notes } = plan;
  const lines = plan.lines.map(({ kind, itemId, note, quantity, unitPrice, discount, taxable }) => {
    return { kind, itemId, note, quantity, unitPrice, discount, taxable };
  });
  return { mode, registerId, shopId, employeeId, taxCategoryId, lines, payments, keptOff, totals, notes };
}

function noPlannedSaleBody({ code, message }: { code: string; message: string }, whyUnread: string | null) {
  return { code, message: code === 'lists-unread' && whyUnread !== null ? `${message}: ${whyUnread}` : message };
}

function utc(at: string): string {
  return new Date(at).toISOString();
}
