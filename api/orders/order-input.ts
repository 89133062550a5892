import { z } from 'zod';
import { Money, PositiveMoney } from './money.ts';
import { OrderId } from './order-params.ts';

const Id = z.string().trim().min(1).max(100);
const Line = z.string().trim().max(200);
const Moment = z.iso.datetime({ offset: true });

const Address = z
  .strictObject({
    firstName: Line.optional(),
    lastName: Line.optional(),
    company: Line.optional(),
    address1: Line,
    address2: Line.optional(),
    city: Line,
    state: Line.optional(),
    zip: z.string().trim().max(20).optional(),
    country: z.string().regex(/^[A-Z]{2}$/, 'A country code of two capitals, such as US'),
  })
  .meta({ id: 'OrderAddress' });

const OrderLine = z
  .strictObject({
    lineId: Id,
    sku: Id,
    description: z.string().trim().max(500).default(''),
    kind: z.enum(['product', 'gift-card', 'other']).default('product'),
    quantity: z
      .int('Whole units only: fractions of a unit are not exported')
      .min(1)
      .max(100_000)
      .describe('Units ordered, those cancelled since included'),
    unitPrice: Money,
    discount: PositiveMoney.default('0.00').describe('On the line as a whole'),
    tax: PositiveMoney.optional(),
    taxable: z.boolean().optional(),
    cancelledQuantity: z.int().min(0).optional().describe('Units that will not be delivered'),
    locationId: Id.optional(),
  })
  .refine(({ quantity, cancelledQuantity = 0 }) => cancelledQuantity <= quantity, {
    path: ['cancelledQuantity'],
    message: 'No more units than were ordered',
  })
  .meta({ id: 'OrderLine' });

/** A web order as the storefront describes it now. */
export const OrderInput = z
  .strictObject({
    orderId: OrderId.optional().describe('The same as in the path'),
    placedAt: Moment,
    updatedAt: Moment.describe('Of two snapshots the one with the later time counts, whichever arrives last'),
    currency: z.string().regex(/^[A-Z]{3}$/, 'An ISO 4217 code, such as USD'),
    total: PositiveMoney.describe('What the buyer pays in all: lines, shipping and tax, less discounts'),
    subtotal: Money.optional(),
    taxTotal: PositiveMoney.default('0.00'),
    discountTotal: PositiveMoney.default('0.00').describe("On the order, beyond the lines' own discounts"),
    email: z.email().max(254).optional(),
    customer: z
      .strictObject({
        firstName: Line.default(''),
        lastName: Line.default(''),
        company: Line.optional(),
        phone: z.string().trim().max(50).optional(),
      })
      .optional(),
    billingAddress: Address.optional(),
    shippingAddress: Address.optional(),
    shipping: z
      .strictObject({
        amount: PositiveMoney,
        tax: PositiveMoney.optional(),
        taxable: z.boolean().optional(),
        method: Line.optional(),
      })
      .optional(),
    locationId: Id.optional(),
    lines: z
      .array(OrderLine)
      .min(1)
      .max(500)
      .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, 'Each lineId only once'),
  })
  .meta({ id: 'OrderInput' });

/** Money of one payment. Only captured money counts towards the balance (R25). */
export const PaymentInput = z
  .strictObject({
    paymentId: Id,
    amount: PositiveMoney,
    method: z.string().trim().min(1).max(100).describe('As in the payment types of the setup'),
    capturedAt: Moment,
    reference: z.string().trim().min(1).max(100).optional(),
    state: z.enum(['captured', 'authorised']).default('captured'),
  })
  .meta({ id: 'PaymentInput' });

/** Money given back at once, with the units that came back or will not leave. */
export const RefundInput = z
  .strictObject({
    refundId: OrderId,
    amount: PositiveMoney.describe('In all: units, shipping and tax'),
    shippingAmount: PositiveMoney.default('0.00').describe('The part of it that is shipping, before tax'),
    at: Moment,
    lines: z
      .array(z.strictObject({ lineId: Id, quantity: z.int('Whole units only').min(1) }))
      .max(500)
      .default([])
      .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, 'Each lineId only once'),
  })
  .meta({ id: 'RefundInput' });

/** What left at once, by the supplier or from a store (R29). A negative quantity takes back an earlier one. */
export const FulfilmentInput = z
  .strictObject({
    fulfilmentId: Id,
    by: z.enum(['supplier', 'store']),
    at: Moment,
    lines: z
      .array(z.strictObject({ lineId: Id, quantity: z.int().refine((units) => units !== 0, 'Not zero') }))
      .min(1)
      .max(500)
      .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, 'Each lineId only once'),
  })
  .meta({ id: 'FulfilmentInput' });
