import { compareMoney, formatMoney } from '../money.ts';
import type { OrderLine, OrderSnapshot } from './order-snapshot.ts';

/** What an order was when its sale was sent: what the storefront says later is held against it. Money as decimal string. */
export interface SentOrder {
  total: string;
  /** Units less those cancelled by then. */
  lines: { lineId: string; sku: string; quantity: number }[];
}

export function sentOrderOf({ total, lines }: Pick<OrderSnapshot, 'total' | 'lines'>): SentOrder {
  return { total, lines: lines.map((line) => ({ lineId: line.lineId, sku: line.sku, quantity: unitsOf(line) })) };
}

/** How the order differs from what was sent, in words that stand after "changed: "; null when it doesn't. */
export function changeSinceSent(
  sent: SentOrder,
  order: Pick<OrderSnapshot, 'total' | 'lines' | 'currency'>,
): string | null {
  const now = sentOrderOf(order);
  const { currency } = order;
  const words = [];
  if (compareMoney(sent.total, now.total) !== 0) {
    words.push(`from ${formatMoney(sent.total, currency)} to ${formatMoney(now.total, currency)}`);
  }
  const ids = new Set([...sent.lines, ...now.lines].map(({ lineId }) => lineId));
  for (const lineId of ids) {
    const [before, after] = [sent, now].map(({ lines }) => wordsOf(lines.find((line) => line.lineId === lineId)));
    if (before !== after) words.push(`line ${lineId} from ${before} to ${after}`);
  }
  return words.length === 0 ? null : words.join(', ');
}

function wordsOf(line: SentOrder['lines'][number] | undefined): string {
  return line && line.quantity !== 0 ? `${line.quantity} × ${line.sku}` : 'none';
}

function unitsOf({ quantity, cancelledQuantity = 0 }: OrderLine): number {
  return quantity - cancelledQuantity;
}
