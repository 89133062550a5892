import type { Shop } from '../tests/shop.ts';

/** Sends an order of one line, paid at once by one payment, and waits for its sale. `changes` are to the snapshot. */
export async function sellOrder(shop: Shop, orderId: string, changes: Record<string, unknown> = {}): Promise<void> {
  const placedAt = '2030-01-01T10:00:00Z';
  const order = {
    placedAt,
    updatedAt: placedAt,
    currency: 'USD',
    total: '12.00',
    lines: [{ lineId: '1', sku: 'ANY', description: 'A thing', quantity: 1, unitPrice: '12.00' }],
    ...changes,
  };
  await shop.storefront.expect('PUT', `/orders/${orderId}`, order);
  const payment = { paymentId: orderId, amount: order.total, method: 'card', capturedAt: placedAt };
  await shop.storefront.expect('POST', `/orders/${orderId}/paid`, payment);
  for (;;) {
    const { state, message } = await shop.storefront.expect('GET', `/orders/${orderId}`);
    if (state === 'exported') return;
    if (state === 'attention') throw new Error(`order ${orderId}: ${String(message)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A customer with everything that an order may say of one. */
export function buyer(email: string): Record<string, unknown> {
  return {
    email,
    customer: { firstName: 'Ada', lastName: 'Moss', phone: '555 0100' },
    billingAddress: { address1: '1 Quay', city: 'Troy', state: 'NY', zip: '12180', country: 'US' },
  };
}

/** A shipped order's changes: its shipping and where it goes. */
export const shipped = {
  total: '17.00',
  shipping: { amount: '5.00', method: 'Post' },
  shippingAddress: { address1: '2 Mole', city: 'Troy', state: 'NY', zip: '12180', country: 'US' },
};
