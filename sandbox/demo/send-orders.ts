import type { StorefrontClient } from '../web-shop/storefront-client.ts';
import type { ApiClient } from './api-client.ts';
import type { DemoOrder, OrderFact } from './demo-orders.ts';
import type { Report } from './report.ts';
import { clearFaults, faultNextSale } from './till-faults.ts';
import { waitFor } from './wait-for.ts';
import type { OrderExportChoice } from './walk-wizard.ts';

interface Parts {
  storefront: StorefrontClient;
  admin: ApiClient;
  tenant: string;
  orderExport: OrderExportChoice;
  till: { control: string; accountId: string };
  report: Report;
}

/** Sends the orders, one after another, each until it stands where it must. One that an earlier start has brought there is left. */
export async function sendOrders(orders: readonly DemoOrder[], parts: Parts): Promise<void> {
  for (const order of orders) {
    await parts.report.step(`Order ${order.orderId}, ${order.title}`, async (progress) => {
      const before = await readOrder(parts, order.orderId);
      if (stands(order, before)) return { words: `as an earlier start left it: ${before!.message}`, value: undefined };
      const seen: string[] = [];
      for (const fact of order.facts) {
        const message = await tell(order, fact, parts);
        if (message) seen.push(message);
        if (message) progress(message);
      }
      const last = await waitFor(`order ${order.orderId} to be ${order.ends.state}`, 90_000, async () => {
        const now = await readOrder(parts, order.orderId);
        return stands(order, now) ? { done: now! } : { seen: now?.message ?? 'unknown order' };
      });
      return { words: [...seen, last.message].join(' -> '), value: undefined };
    });
  }
  await clearFaults(parts.till); // what an earlier start's interrupted order may have left
}

interface OrderView {
  state: string;
  message: string;
}

async function readOrder({ admin, tenant }: Parts, orderId: string): Promise<OrderView | null> {
  const { status, body } = await admin.call('GET', `/v1/tenants/${tenant}/orders/${orderId}`);
  return status === 200 ? { state: String(body['state']), message: String(body['message']) } : null;
}

function stands(order: DemoOrder, view: OrderView | null): boolean {
  return view !== null && view.state === order.ends.state && view.message.startsWith(order.ends.message);
}

/** Tells one fact; for an expectation, waits until the order's message says so, and returns that message. */
async function tell(order: DemoOrder, fact: OrderFact, parts: Parts): Promise<string | null> {
  const { storefront, admin, tenant, orderExport } = parts;
  if ('choose' in fact) {
    await admin.expect('PUT', `/v1/tenants/${tenant}/setup/order-export`, { ...orderExport, ...fact.choose });
    return null;
  }
  if ('bookLateMs' in fact) {
    await faultNextSale(parts.till, { kind: 'late-commit', commitAfterMs: fact.bookLateMs });
    return null;
  }
  if ('expect' in fact) {
    return waitFor(`order ${order.orderId} to say "${fact.expect}"`, 30_000, async () => {
      const now = await readOrder(parts, order.orderId);
      const message = now?.message ?? 'unknown order';
      if (message.startsWith(fact.expect)) return { done: message };
      return stands(order, now) ? { done: null } : { seen: message };
    });
  }
  const at = new Date().toISOString();
  switch (fact.tell) {
    case 'snapshot':
      await storefront.putOrder(order.orderId, order.snapshot);
      return null;
    case 'paid':
      await storefront.postPaid(order.orderId, {
        paymentId: `${order.orderId}-${fact.paymentId}`,
        amount: fact.amount,
        method: 'card',
        capturedAt: order.snapshot.placedAt,
        reference: `ch_${order.orderId}_${fact.paymentId}`,
      });
      return null;
    case 'fulfilled':
      await storefront.postFulfilled(order.orderId, {
        fulfilmentId: `${order.orderId}-${fact.lineId}`,
        by: fact.by,
        at,
        lines: [{ lineId: fact.lineId, quantity: fact.quantity }],
      });
      return null;
    case 'cancelled':
      await storefront.postCancelled(order.orderId, { at });
      return null;
  }
}
