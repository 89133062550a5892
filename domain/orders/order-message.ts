import { formatMoney } from '../money.ts';
import { showMoment } from '../show-moment.ts';
import type { Balance } from './balance.ts';
import { balanceMessage } from './balance.ts';
import type { UnfulfilledLine } from './fulfilment.ts';
import { fulfilmentMessage } from './fulfilment.ts';

/** Why there is nothing to export. */
export type NotExportedReason = 'gift-card-only' | 'refunded' | 'nothing-left' | 'by-hand';

/** Where an order stands, with the figures that its message needs. Times are ISO instants, money decimal strings. */
export type OrderSituation =
  | { kind: 'waiting-for-snapshot' }
  | { kind: 'unbalanced'; balance: Exclude<Balance, { kind: 'balanced' }>; currency: string }
  | { kind: 'waiting-for-fulfilment'; left: readonly UnfulfilledLine[] }
  | { kind: 'waiting-for-setup'; missing: readonly string[] }
  | { kind: 'waiting-for-connection' }
  | { kind: 'export-off' }
  | { kind: 'before-export-start'; exportFrom: string }
  | { kind: 'dry-run'; saleTotal: string; currency: string }
  | { kind: 'waiting-for-till'; why: 'budget' | 'outage'; nextTryAt: string | null }
  | { kind: 'exporting' }
  | { kind: 'in-doubt'; nextLookAt: string | null }
  | { kind: 'attention'; reason: string; remedy: string }
  | { kind: 'exported'; ticketNumber: string; exportedAt: string }
  | { kind: 'cancelled' }
  | { kind: 'cancelled-after-export'; ticketNumber: string }
  | { kind: 'not-exported'; reason: NotExportedReason }
  | { kind: 'resolved'; ticketNumber: string | null; by: string; at: string };

/** The messages of orders that leave nothing to export, or were set so. */
export const notExportedMessages: Record<NotExportedReason, string> = {
  'gift-card-only': 'Not exported: the order holds gift cards only, and gift cards are not exported',
  refunded: 'Not exported: the whole order was refunded before it was exported',
  'nothing-left': 'Not exported: every line of the order was cancelled',
  'by-hand': 'Not exported: set so by hand. Retry the order to export it after all',
};

/**
 * The one sentence about an order in the list and in its details: what it waits for and what to do (R26, R36). Times
 * are shown on the tenant's clock.
 *
 * @throws RangeError if an amount is not money, or a time or the zone can't be read.
 */
export function orderMessage(situation: OrderSituation, zone: string): string {
  switch (situation.kind) {
    case 'waiting-for-snapshot':
      return 'Waiting for the order: the storefront has not sent its contents yet';
    case 'unbalanced':
      return balanceMessage(situation.balance, situation.currency)!;
    case 'waiting-for-fulfilment':
      return fulfilmentMessage(situation.left);
    case 'waiting-for-setup':
      return situation.missing.length === 0
        ? 'Waiting for setup: complete it'
        : `Waiting for setup: missing are ${situation.missing.join(', ')}`;
    case 'waiting-for-connection':
      return 'Waiting for the connection: connect Lightspeed again, and the order goes on';
    case 'export-off':
      return 'Waiting: order export is off. Turn it on in the setup, or export this order by hand';
    case 'before-export-start':
      return `Waiting: orders are exported from ${showMoment(situation.exportFrom, zone)} on. Export this one by hand if it belongs in the till`;
    case 'dry-run':
      return `Dry run: a sale of ${formatMoney(situation.saleTotal, situation.currency)} is planned, none is sent`;
    case 'waiting-for-till':
      return `Waiting for the till: ${tillReason[situation.why]}${nextTime('next try', situation.nextTryAt, zone)}`;
    case 'exporting':
      return 'Exporting: the sale is being sent to the till';
    case 'in-doubt':
      return `Checking with the till whether the sale was booked${nextTime('next look', situation.nextLookAt, zone)}`;
    case 'attention':
      return `Needs attention: ${situation.reason}. ${situation.remedy}`;
    case 'exported':
      return `Exported as ticket ${situation.ticketNumber} at ${showMoment(situation.exportedAt, zone)}`;
    case 'cancelled':
      return 'Cancelled: no sale was made';
    case 'cancelled-after-export':
      return `Cancelled after its export: ticket ${situation.ticketNumber} stands. Refund it in the till`;
    case 'not-exported':
      return notExportedMessages[situation.reason];
    case 'resolved':
      return situation.ticketNumber === null
        ? `Settled by hand by ${situation.by} at ${showMoment(situation.at, zone)}`
        : `Settled by hand as ticket ${situation.ticketNumber} by ${situation.by} at ${showMoment(situation.at, zone)}`;
  }
}

/**
 * For the history of an order whose sale was sent without a trustworthy answer: what is waited for, and why.
 * @param why what failed; null when nobody came back to tell.
 */
export function settleWindowMessage(why: string | null, settleWindowMs: number): string {
  const cause = why ?? 'whoever sent the sale has not come back';
  return `The outcome is unknown: ${cause}. The till is left ${settleWindowMs / 1_000} s (the settle window), as it may still book the sale, and then asked twice: only if it has none, the sale is sent again`;
}

const tillReason = {
  budget: 'its rate limit is used up',
  outage: 'it does not answer',
};

function nextTime(label: string, at: string | null, zone: string): string {
  return at === null ? '' : `, ${label} at ${showMoment(at, zone)}`;
}
