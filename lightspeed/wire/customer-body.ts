import type { NewCustomer, TillAddress } from '../till.ts';
import type { WireBody } from '../till-request.ts';

/** A new customer as it is posted. @see lightspeed-r-series.md, "Customer keys" */
export function customerBody({ firstName, lastName, company, ...contact }: NewCustomer): WireBody {
  return {
    firstName,
    lastName,
    ...(company === undefined ? {} : { company }),
    Contact: contactBody(contact),
  };
}

/** A contact that may be used: the three `no…` flags are true unless they are sent as false. */
export function contactBody(contact: { address?: TillAddress; phone?: string; email?: string }): WireBody {
  const { address, phone, email } = contact;
  return {
    noEmail: false,
    noPhone: false,
    noMail: false,
    ...(address === undefined ? {} : { Addresses: { ContactAddress: { ...address } } }),
    ...(phone === undefined ? {} : { Phones: { ContactPhone: { number: phone, useType: 'Home' } } }),
    ...(email === undefined ? {} : { Emails: { ContactEmail: { address: email, useType: 'Primary' } } }),
  };
}
