/**
 * An order as the storefront last described it. Money is a decimal string with at most two decimals, in `currency`;
 * times are RFC 3339. Optional fields may be absent or `undefined`, as zod leaves them. A snapshot says nothing about
 * what has happened to the order since: payments, fulfilments and refunds are facts of their own.
 */
export type OrderSnapshot = {
  /** The storefront's order number: the sale's `referenceNumber`, unique per tenant. */
  orderId: string;
  placedAt: string;
  /** Orders snapshots that arrive out of order: the older one is ignored. */
  updatedAt: string;
  /** ISO 4217, upper-case. */
  currency: string;
  /** What the buyer pays in all: lines, shipping and tax, less discounts. Not lowered by refunds. */
  total: string;
  subtotal?: string | undefined;
  taxTotal: string;
  /** Discount on the whole order that is not already in the lines' own `discount`. */
  discountTotal: string;
  email?: string | undefined;
  customer?: OrderCustomer | undefined;
  billingAddress?: OrderAddress | undefined;
  shippingAddress?: OrderAddress | undefined;
  shipping?: OrderShipping | undefined;
  locationId?: string | undefined;
  lines: OrderLine[];
};

export type OrderCustomer = {
  firstName: string;
  lastName: string;
  company?: string | undefined;
  phone?: string | undefined;
};

export type OrderAddress = {
  firstName?: string | undefined;
  lastName?: string | undefined;
  company?: string | undefined;
  address1: string;
  address2?: string | undefined;
  city: string;
  state?: string | undefined;
  zip?: string | undefined;
  country: string;
};

export type OrderShipping = {
  amount: string;
  tax?: string | undefined;
  /** Unknown when absent: `tax`, else whatever makes the order's tax come out, decides. */
  taxable?: boolean | undefined;
  method?: string | undefined;
};

export type OrderLine = {
  lineId: string;
  sku: string;
  description: string;
  /** `other` is anything that is neither stock nor a gift card: a fee, a service, a donation. */
  kind: 'product' | 'gift-card' | 'other';
  /** Units ordered, those cancelled since included. */
  quantity: number;
  unitPrice: string;
  /** Discount on the line as a whole, not per unit. */
  discount: string;
  tax?: string | undefined;
  taxable?: boolean | undefined;
  /** Units that will not be delivered: they need no fulfilment and are not sold. */
  cancelledQuantity?: number | undefined;
  locationId?: string | undefined;
};

/** Money of one payment. Only `captured` money counts (R25). */
export type Payment = {
  paymentId: string;
  amount: string;
  /** The storefront's name of the payment method, mapped to a payment type of the till. */
  method: string;
  capturedAt: string;
  reference?: string | undefined;
  state: 'captured' | 'authorised';
};

/** Units of one line that left, by the supplier or from a store. A negative quantity takes back an earlier one. */
export type Fulfilment = {
  fulfilmentId: string;
  lineId: string;
  quantity: number;
  by: 'supplier' | 'store';
  at: string;
};

/** Money given back, and the units that came back or never left. `shippingAmount` is the part of it that was shipping. */
export type Refund = {
  refundId: string;
  amount: string;
  shippingAmount?: string | undefined;
  at: string;
  lines?: { lineId: string; quantity: number }[] | undefined;
};
