import { expect, test } from 'vitest';
import type { OrderSituation } from './order-message.ts';
import { orderMessage } from './order-message.ts';

const at = '2026-11-24T15:30:00Z';
const zone = 'America/New_York';

const messages: [OrderSituation, string][] = [
  [{ kind: 'waiting-for-snapshot' }, 'Waiting for the order: the storefront has not sent its contents yet'],
  [{ kind: 'unbalanced', balance: { kind: 'due', amount: '12.00' }, currency: 'USD' }, 'Unbalanced: 12.00 USD due'],
  [
    { kind: 'unbalanced', balance: { kind: 'overpaid', amount: '1' }, currency: 'USD' },
    'Unbalanced: 1.00 USD overpaid',
  ],
  [
    { kind: 'waiting-for-fulfilment', left: [{ lineId: '1', sku: 'SKU-1', quantity: 2 }] },
    'Waiting for fulfilment: 2 of SKU-1',
  ],
  [{ kind: 'waiting-for-setup', missing: ['stores', 'pricing'] }, 'Waiting for setup: missing are stores, pricing'],
  [{ kind: 'waiting-for-setup', missing: [] }, 'Waiting for setup: complete it'],
  [{ kind: 'waiting-for-connection' }, 'Waiting for the connection: connect Lightspeed again, and the order goes on'],
  [{ kind: 'export-off' }, 'Waiting: order export is off. Turn it on in the setup, or export this order by hand'],
  [
    { kind: 'before-export-start', exportFrom: at },
    'Waiting: orders are exported from 2026-11-24 10:30 (America/New_York) on. Export this one by hand if it belongs in the till',
  ],
  [{ kind: 'dry-run', saleTotal: '40.68', currency: 'USD' }, 'Dry run: a sale of 40.68 USD is planned, none is sent'],
  [
    { kind: 'waiting-for-till', why: 'budget', nextTryAt: at },
    'Waiting for the till: its rate limit is used up, next try at 2026-11-24 10:30 (America/New_York)',
  ],
  [{ kind: 'waiting-for-till', why: 'outage', nextTryAt: null }, 'Waiting for the till: it does not answer'],
  [{ kind: 'exporting' }, 'Exporting: the sale is being sent to the till'],
  [
    { kind: 'in-doubt', nextLookAt: at },
    'Checking with the till whether the sale was booked, next look at 2026-11-24 10:30 (America/New_York)',
  ],
  [
    { kind: 'attention', reason: 'register 5 is archived', remedy: 'Choose another register, then retry the order' },
    'Needs attention: register 5 is archived. Choose another register, then retry the order',
  ],
  [
    { kind: 'exported', ticketNumber: '220000000120', exportedAt: at },
    'Exported as ticket 220000000120 at 2026-11-24 10:30 (America/New_York)',
  ],
  [{ kind: 'cancelled' }, 'Cancelled: no sale was made'],
  [
    { kind: 'cancelled-after-export', ticketNumber: '220000000120' },
    'Cancelled after its export: ticket 220000000120 stands. Refund it in the till',
  ],
  [
    { kind: 'not-exported', reason: 'gift-card-only' },
    'Not exported: the order holds gift cards only, and gift cards are not exported',
  ],
  [{ kind: 'not-exported', reason: 'refunded' }, 'Not exported: the whole order was refunded before it was exported'],
  [{ kind: 'not-exported', reason: 'nothing-left' }, 'Not exported: every line of the order was cancelled'],
  [{ kind: 'not-exported', reason: 'by-hand' }, 'Not exported: set so by hand. Retry the order to export it after all'],
  [
    { kind: 'resolved', ticketNumber: '220000000007', by: 'ada', at },
    'Settled by hand as ticket 220000000007 by ada at 2026-11-24 10:30 (America/New_York)',
  ],
  [
    { kind: 'resolved', ticketNumber: null, by: 'ada', at },
    'Settled by hand by ada at 2026-11-24 10:30 (America/New_York)',
  ],
];

test.each(messages)('R26, R36: %j', (situation, message) => {
  expect(orderMessage(situation, zone)).toBe(message);
});

test('a time that can not be read is refused, not shown', () => {
  expect(() => orderMessage({ kind: 'in-doubt', nextLookAt: 'soon' }, zone)).toThrow(RangeError);
  expect(() => orderMessage({ kind: 'in-doubt', nextLookAt: at }, 'Mars/Olympus')).toThrow(RangeError);
});
