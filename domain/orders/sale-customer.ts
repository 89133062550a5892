import type { OrderAddress, OrderSnapshot } from './order-snapshot.ts';

/** Who the sale is for: found by e-mail, else created with the billing address (R30). */
export type SaleCustomer = {
  /** Lower-case: the key by which the customer is looked for. */
  email: string;
  firstName: string;
  lastName: string;
  company: string | null;
  phone: string | null;
  billingAddress: OrderAddress | null;
};

/** Where the goods go: the till's `ShipTo`, which needs a customer. */
export type SaleShipTo = { firstName: string; lastName: string; company: string | null; address: OrderAddress };

/** The customer of the order; null without an e-mail: none is invented. */
export function saleCustomer(order: OrderSnapshot): SaleCustomer | null {
  const email = order.email?.trim().toLowerCase() ?? '';
  if (email === '') return null;
  const { customer, billingAddress } = order;
  return {
    email,
    firstName: customer?.firstName ?? billingAddress?.firstName ?? '',
    lastName: customer?.lastName ?? billingAddress?.lastName ?? '',
    company: customer?.company ?? billingAddress?.company ?? null,
    phone: customer?.phone ?? null,
    billingAddress: billingAddress ?? null,
  };
}

/** The shipping address (R31), with the customer's name where it has none of its own; null for a pickup. */
export function saleShipTo(order: OrderSnapshot): SaleShipTo | null {
  const address = order.shippingAddress;
  if (!address) return null;
  return {
    firstName: address.firstName ?? order.customer?.firstName ?? '',
    lastName: address.lastName ?? order.customer?.lastName ?? '',
    company: address.company ?? null,
    address,
  };
}
