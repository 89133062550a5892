import type { SalePlan } from '../../domain/orders/plan-sale.ts';
import type { SalePlanLine } from '../../domain/orders/sale-lines.ts';
import type { NewSale, NewSaleLine, NewSalePayment } from '../../lightspeed/till.ts';
import { tillAddress } from './new-customer.ts';

/** What marks a tenant's sales in the till as ours. With the order's number it finds a sale again. */
export function saleSource(tenant: string): string {
  return `tillbridge:${tenant}`;
}

/** The planned sale as it is posted: completed and paid in one POST, or open, to be completed once its total is read. */
export function newSale(plan: SalePlan, tenant: string, customerId: string | null): NewSale {
  const isOnePost = plan.mode === 'one-post';
  return {
    completed: isOnePost,
    employeeId: plan.employeeId,
    registerId: plan.registerId,
    shopId: plan.shopId,
    customerId,
    referenceNumber: plan.referenceNumber,
    referenceNumberSource: saleSource(tenant),
    // The plan says "0" for a sale that isn't taxed; null there is a category still to be made.
    taxCategoryId: plan.taxCategoryId === '0' ? null : plan.taxCategoryId,
    ...(plan.completeTime === null ? {} : { completeTime: plan.completeTime }),
    lines: plan.lines.map(newLine),
    payments: isOnePost ? newPayments(plan) : [],
    ...(customerId === null ? {} : shipTo(plan)),
  };
}

export function newPayments({ payments }: Pick<SalePlan, 'payments'>): NewSalePayment[] {
  return payments.map(({ paymentTypeId, amount, remoteReference }) => ({ paymentTypeId, amount, remoteReference }));
}

export function newLine({
  itemId,
  note,
  quantity,
  unitPrice,
  discount,
  taxable,
  taxClassId,
}: SalePlanLine): NewSaleLine {
  return {
    itemId,
    quantity,
    unitPrice,
    tax: taxable,
    ...(note === null ? {} : { note }),
    ...(Number(discount) === 0 ? {} : { discountAmount: discount }),
    ...(taxClassId === null ? {} : { taxClassId }),
  };
}

function shipTo({ shipTo: to, customer }: SalePlan): Pick<NewSale, 'shipTo'> {
  if (!to) return {};
  const { firstName, lastName, company, address } = to;
  return {
    shipTo: {
      firstName,
      lastName,
      address: tillAddress(address),
      ...(company === null ? {} : { company }),
      ...(customer?.phone ? { phone: customer.phone } : {}),
    },
  };
}
