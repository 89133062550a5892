import type { Shop } from '../shop.ts';

/**
 * Books a completed sale of 12.00 in the till that says it is of this order, as a late commit would. @returns its ticket.
 * @param changes to the sale's fields: other lines, another reference.
 */
export async function bookSale(
  shop: Shop,
  apiUrl: string,
  orderId: string,
  changes: Record<string, unknown> = {},
): Promise<string> {
  const { accessToken } = await shop.till.call('POST', '/tokens');
  const answer = await fetch(`${apiUrl}/Account/${shop.accountId}/Sale.json`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken as string}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      completed: true,
      employeeID: 3,
      registerID: 4,
      shopID: 1,
      taxCategoryID: 0,
      referenceNumber: orderId,
      referenceNumberSource: `tillbridge:${shop.tenant}`,
      SaleLines: { SaleLine: [{ unitPrice: '12', unitQuantity: 1, tax: false }] },
      SalePayments: { SalePayment: { amount: '12', paymentTypeID: 7 } },
      ...changes,
    }),
  });
  return ((await answer.json()) as { Sale: { ticketNumber: string } }).Sale.ticketNumber;
}
