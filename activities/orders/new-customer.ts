import type { OrderAddress } from '../../domain/orders/order-snapshot.ts';
import type { SaleCustomer } from '../../domain/orders/sale-customer.ts';
import type { NewCustomer, TillAddress } from '../../lightspeed/till.ts';

/** The customer as the till takes it, with the billing address (R30). */
export function newCustomer({ email, firstName, lastName, company, phone, billingAddress }: SaleCustomer): NewCustomer {
  return {
    email,
    firstName,
    lastName,
    ...(company === null ? {} : { company }),
    ...(phone === null ? {} : { phone }),
    ...(billingAddress === null ? {} : { address: tillAddress(billingAddress) }),
  };
}

/** A storefront's address as the till takes it. */
export function tillAddress({ address1, address2, city, state, zip, country }: OrderAddress): TillAddress {
  return {
    address1,
    city,
    countryCode: country,
    ...(address2 === undefined ? {} : { address2 }),
    ...(state === undefined ? {} : { state }),
    ...(zip === undefined ? {} : { zip }),
  };
}
