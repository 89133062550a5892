import type { OrderSnapshot, Refund } from './order-snapshot.ts';

/**
 * The order as it is to be sold: units given back before the export are cancelled, whether or not the storefront's
 * snapshot shows it already. They need no fulfilment and leave no stock.
 */
export function withoutRefundedUnits<Order extends Pick<OrderSnapshot, 'lines'>>(
  order: Order,
  refunds: readonly Pick<Refund, 'lines'>[],
): Order {
  const refunded = new Map<string, number>();
  for (const { lineId, quantity } of refunds.flatMap(({ lines = [] }) => lines)) {
    refunded.set(lineId, (refunded.get(lineId) ?? 0) + quantity);
  }
  const lines = order.lines.map((line) => {
    const cancelledQuantity = Math.max(line.cancelledQuantity ?? 0, refunded.get(line.lineId) ?? 0);
    return cancelledQuantity === 0 ? line : { ...line, cancelledQuantity };
  });
  return { ...order, lines };
}
