import { Big } from 'big.js';
import { isDisplayed, onHand, stockChanges } from './expected-figures.ts';
import type { OrderWish, WebOrder } from './order-books.ts';
import { webOrder } from './order-books.ts';
import type { OrderExportChoice } from './walk-wizard.ts';
import type { DemoCatalogue, PlannedItem } from './web-catalogue.ts';

/** What the web shop tells about an order, one after another. */
export type OrderFact =
  | { tell: 'snapshot' }
  | { tell: 'paid'; amount: string; paymentId: string }
  | { tell: 'fulfilled'; lineId: string; by: 'supplier' | 'store'; quantity: number }
  | { tell: 'cancelled' }
  /** Not told: the order's message must then start with these words, unless it has gone on to its end. */
  | { expect: string }
  /** Not told: the admin changes how orders go out. */
  | { choose: Partial<OrderExportChoice> }
  /** Not told: the till answers the next sale with 504 and books it later all the same. */
  | { bookLateMs: number };

export interface DemoOrder {
  orderId: string;
  title: string;
  snapshot: WebOrder;
  facts: OrderFact[];
  /** The ledger's state at the end, and the words its message must start with. */
  ends: { state: 'exported' | 'waiting' | 'cancelled'; message: string };
}

/** Twelve orders of twelve kinds, from items that the till has plenty of. */
export function demoOrders(catalogue: DemoCatalogue, placedAt: string): DemoOrder[] {
  const { soldOut } = stockChanges(catalogue);
  const plenty = catalogue.planned.filter(
    (item) => isDisplayed(item) && onHand(item.till!) >= 8 && item.till!.taxClassID === 1 && !soldOut.includes(item),
  );
  const pick = (index: number): PlannedItem => plenty[index * 3]!;
  const exported = { state: 'exported', message: 'Exported' } as const;
  const make = (
    number: number,
    title: string,
    wish: OrderWish,
    facts: (order: WebOrder) => OrderFact[],
    ends: DemoOrder['ends'] = exported,
  ) => {
    const snapshot = webOrder(wish, placedAt);
    return { orderId: String(1_000 + number), title, snapshot, facts: facts(snapshot), ends };
  };
  const told: OrderFact = { tell: 'snapshot' };
  const paid = (order: WebOrder, amount = order.total, number = 1): OrderFact => ({
    tell: 'paid',
    amount,
    paymentId: `pay-${number}`,
  });
  const line = (index: number, quantity = 1) => ({ item: pick(index), quantity });
  return [
    make(1, 'paid at once', { items: [line(0)], buyer: 0 }, (order) => [told, paid(order)]),
    make(2, 'paid later, in two parts', { items: [line(1, 2)], buyer: 1 }, (order) => {
      const first = new Big(order.total).minus('12').toFixed(2);
      return [
        told,
        { expect: `Unbalanced: ${order.total} USD due` },
        paid(order, first),
        { expect: 'Unbalanced: 12.00 USD due' },
        paid(order, '12.00', 2),
      ];
    }),
    make(3, 'waiting for fulfilment, line by line', { items: [line(2), line(3, 2)], buyer: 2 }, (order) => [
      { choose: { whenFulfilled: true } },
      told,
      paid(order),
      { expect: 'Waiting for fulfilment' },
      { tell: 'fulfilled', lineId: '1', by: 'supplier', quantity: 1 },
      { expect: 'Waiting for fulfilment' },
      { tell: 'fulfilled', lineId: '2', by: 'store', quantity: 2 },
    ]),
    make(
      4,
      'with a line the till does not know',
      {
        items: [line(4)],
        extraLines: [
          {
            lineId: '9',
            sku: 'GIFT-WRAP',
            description: 'Gift wrapping',
            quantity: 1,
            unitPrice: '4.50',
            discount: '0.00',
            taxable: false,
          },
        ],
        buyer: 0,
      },
      (order) => [{ choose: { whenFulfilled: false } }, told, paid(order)],
    ),
    make(5, 'with shipping', { items: [line(5)], shipping: '7.95', buyer: 1 }, (order) => [told, paid(order)]),
    make(
      6,
      'with a discount on a line and one on the order',
      { items: [{ ...line(6, 2), discount: '1.50' }, line(7)], orderDiscount: '2.00', buyer: 2 },
      (order) => [told, paid(order)],
    ),
    make(7, 'with tax', { items: [line(8), line(9, 3)], taxRate: '0.08', buyer: 0 }, (order) => [told, paid(order)]),
    make(8, 'cancelled before it was paid', { items: [line(10)], buyer: 1 }, () => [told, { tell: 'cancelled' }], {
      state: 'cancelled',
      message: 'Cancelled',
    }),
    make(9, 'sent twice', { items: [line(11)], buyer: 2 }, (order) => [told, told, paid(order), paid(order), told]),
    make(10, 'never paid', { items: [line(12)], buyer: 0 }, () => [told], { state: 'waiting', message: 'Unbalanced' }),
    make(11, 'whose sale the till books late, after an error', { items: [line(13)], buyer: 1 }, (order) => [
      told,
      { bookLateMs: 2_000 },
      paid(order),
      { expect: 'Checking with the till' },
    ]),
    make(
      12,
      'whose tax no category of the till gives, until the admin decides',
      { items: [line(14)], taxRate: '0.0437', buyer: 2 },
      (order) => [
        { choose: { taxPolicy: 'attention' } },
        told,
        paid(order),
        { expect: 'Needs attention: No tax category gives' },
        { choose: { taxPolicy: 'line' } },
      ],
    ),
  ];
}
