import type { OrderFacts } from './load-order-facts.ts';

/** How old the account's lists may be. */
const accountMaxAgeMs = 30 * 60_000;

/** Whether the account's lists are of the till that is connected now, and young enough to plan a sale by (R27). */
export function isAccountCurrent({ account, connection, now }: OrderFacts): boolean {
  if (!account || account.connectionId !== connection?.id) return false;
  return now.getTime() - account.readAt.getTime() < accountMaxAgeMs;
}
