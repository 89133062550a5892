import type { NewSale, NewSaleLine, NewSalePayment } from '../till.ts';
import type { WireBody } from '../till-request.ts';
import { contactBody } from './customer-body.ts';

/**
 * A new sale as it is posted. `enablePromotions`, each `unitPrice` and `tax`, and `taxCategoryID` are always sent:
 * what is left out, the till, the shop or the customer would decide.
 * @see lightspeed-r-series.md, "Sale"
 */
export function saleBody(sale: NewSale): WireBody {
  return {
    completed: sale.completed,
    enablePromotions: false,
    employeeID: Number(sale.employeeId),
    registerID: Number(sale.registerId),
    shopID: Number(sale.shopId),
    ...(sale.customerId === null ? {} : { customerID: Number(sale.customerId) }),
    taxCategoryID: Number(sale.taxCategoryId ?? 0),
    referenceNumber: sale.referenceNumber,
    referenceNumberSource: sale.referenceNumberSource,
    ...(sale.completeTime === undefined ? {} : { completeTime: sale.completeTime }),
    SaleLines: { SaleLine: sale.lines.map(lineBody) },
    ...(sale.payments.length === 0 ? {} : paymentsBody(sale.payments)),
    ...(sale.shipTo === undefined ? {} : { ShipTo: shipToBody(sale.shipTo) }),
  };
}

/** The PUT that completes an open sale. It names new lines only: the till would append those it has. */
export function completionBody(payments: NewSalePayment[], lines: NewSaleLine[]): WireBody {
  return {
    completed: true,
    ...(lines.length === 0 ? {} : { SaleLines: { SaleLine: lines.map(lineBody) } }),
    ...(payments.length === 0 ? {} : paymentsBody(payments)),
  };
}

function lineBody(line: NewSaleLine): WireBody {
  return {
    ...(line.itemId === null ? {} : { itemID: Number(line.itemId) }),
    unitQuantity: line.quantity,
    unitPrice: line.unitPrice,
    ...(line.discountAmount === undefined ? {} : { discountAmount: line.discountAmount }),
    ...(line.parentSaleLineId === undefined ? {} : { parentSaleLineID: Number(line.parentSaleLineId) }),
    tax: line.tax,
    ...(line.taxClassId === undefined ? {} : { taxClassID: Number(line.taxClassId) }),
    ...(line.note === undefined ? {} : { Note: { note: line.note } }),
  };
}

function paymentsBody(payments: NewSalePayment[]): WireBody {
  return {
    SalePayments: {
      SalePayment: payments.map(({ paymentTypeId, amount, remoteReference }) => ({
        paymentTypeID: Number(paymentTypeId),
        amount,
        remoteReference,
      })),
    },
  };
}

function shipToBody({ firstName, lastName, company, address, phone }: NonNullable<NewSale['shipTo']>): WireBody {
  return {
    firstName,
    lastName,
    ...(company === undefined ? {} : { company }),
    // As text: a phone of its own would be one entity more, and cost half a drip.
    ...(phone === undefined ? {} : { shipNote: `Phone: ${phone}` }),
    Contact: contactBody({ address }),
  };
}
