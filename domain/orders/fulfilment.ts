import type { Fulfilment, OrderLine } from './order-snapshot.ts';

export type UnfulfilledLine = { lineId: string; sku: string; quantity: number };
export type FulfilmentState = { kind: 'fulfilled' } | { kind: 'waiting'; left: UnfulfilledLine[] };

/**
 * What is left to fulfil before *export when all items are fulfilled* lets the order go (R29), line by line. Supplier
 * and store both count; cancelled units count as fulfilled; a negative fulfilment takes back an earlier one. Gift
 * cards and lines that are no stock need none. Units fulfilled beyond a line's quantity help no other line.
 */
export function fulfilmentOf(
  lines: readonly Pick<OrderLine, 'lineId' | 'sku' | 'kind' | 'quantity' | 'cancelledQuantity'>[],
  fulfilments: readonly Pick<Fulfilment, 'lineId' | 'quantity'>[],
): FulfilmentState {
  const fulfilled = new Map<string, number>();
  for (const { lineId, quantity } of fulfilments) fulfilled.set(lineId, (fulfilled.get(lineId) ?? 0) + quantity);
  const left = lines
    .filter(({ kind }) => kind === 'product')
    .map(({ lineId, sku, quantity, cancelledQuantity = 0 }) => {
      const done = Math.max(0, fulfilled.get(lineId) ?? 0);
      return { lineId, sku, quantity: quantity - cancelledQuantity - done };
    })
    .filter(({ quantity }) => quantity > 0);
  return left.length === 0 ? { kind: 'fulfilled' } : { kind: 'waiting', left };
}

const namedLines = 5;

/** The message of an order that waits to be fulfilled: `Waiting for fulfilment: 2 of SKU-1, 1 of SKU-2`. */
export function fulfilmentMessage(left: readonly UnfulfilledLine[]): string {
  const named = left.slice(0, namedLines).map(({ sku, quantity }) => `${quantity} of ${sku}`);
  const more = left.length - named.length;
  return `Waiting for fulfilment: ${named.join(', ')}${more > 0 ? ` and ${more} more line${more > 1 ? 's' : ''}` : ''}`;
}
