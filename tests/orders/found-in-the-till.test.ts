import { sql } from 'drizzle-orm';
import { orderExportWorkflowId } from '../../workflows/messages/orders.ts';
import { bookSale } from './book-sale.ts';
import type { OrderShop } from './orders-test.ts';
import { test, until } from './orders-test.ts';

/** Sales that were asked for, whatever became of them. */
const posts = ({ accountId }: OrderShop, log: readonly { method: string; path: string }[]) =>
  log.filter(({ method, path }) => method === 'POST' && path.includes(`/${accountId}/Sale.json`)).length;

test.concurrent('an order that our database has forgotten, ledger and all, is found in the till when it is told again, and not sold twice (R24)', async ({
  openShop,
  sandbox,
  db,
  expect,
}) => {
  const shop = await openShop();
  const { ticketNumber } = await shop.sell('1001');
  // As a database restored from a copy made before the order.
  for (const table of ['order_exports', 'order_lines', 'payments', 'orders']) {
    await db.execute(sql`delete from ${sql.identifier(table)} where tenant = ${shop.tenant} and order_id = '1001'`);
  }
  await shop.place('1001');
  await shop.says('1001', `Exported as ticket ${ticketNumber}`);
  expect([await shop.salesOf('1001'), posts(shop, sandbox.world.log.list())]).toMatchObject([[{ ticketNumber }], 1]);
});

test.concurrent('an export terminated while its sale was being sent, and started anew, makes no second sale (R24)', async ({
  openShop,
  sandbox,
  temporal,
  expect,
}) => {
  const shop = await openShop();
  shop.breakNext('POST', 'Sale', { kind: 'latency', ms: 1_500 });
  await shop.place('1001');
  const account = Number(shop.accountId);
  await until(async () => {
    const isSent = sandbox.world.faults.list().some(({ rule, hits }) => rule.account === account && hits > 0);
    return isSent || 'the sale is not on its way yet';
  });
  await temporal.workflow.getHandle(orderExportWorkflowId(shop.tenant, '1001')).terminate('by an operator');
  await shop.pay('1001'); // told again: a new run looks
  await shop.says('1001', 'Exported as ticket');
  expect([(await shop.salesOf('1001')).length, posts(shop, sandbox.world.log.list())]).toEqual([1, 1]);
});

test.concurrent("a sale of another total, found where the outcome was unknown, is not taken for the order's: a person decides (R24, R36)", async ({
  openShop,
  sandbox,
  expect,
}) => {
  const shop = await openShop();
  const account = Number(shop.accountId);
  const { faults } = sandbox.world;
  const refused = { kind: 'status', status: 503, when: 'before-commit' } as const;
  // The till is asked once before the POST, whose answer is lost; then not again before there is something to find.
  const isMute = faults.add({ fault: refused, method: 'GET', path: 'Sale', account, nth: 2, count: 0, probability: 1 });
  shop.breakNext('POST', 'Sale', { kind: 'status', status: 504, when: 'before-commit' });
  await shop.place('1001');
  await until(async () => {
    const { state } = await shop.order('1001');
    return state === 'in-doubt' || `the order is ${String(state)}`;
  });
  const ticket = await bookSale(shop, sandbox.apiUrl, '1001'); // of 12.00
  faults.remove([isMute]);
  await shop.says('1001', `Needs attention: Ticket ${ticket} of this order comes to 12.00 instead of 15.00`);
  expect(await shop.order('1001')).toMatchObject({ state: 'attention', ticketNumber: null });
  expect(await shop.salesOf('1001')).toHaveLength(1);
});

test.concurrent.for(['change', 'completion'])(
  'a sale dated by its payment, in a till that ignores the reference filter and stamps it with the time of its %s, is found after a lost answer (R24)',
  async (position, { openShop, sandbox, expect }) => {
    const shop = await openShop({ settings: { saleDate: 'payment' } });
    await shop.till.call('PUT', '/switches', { 'reference-filter': 'ignored', 'completed-timestamp': position });
    shop.breakNext('POST', 'Sale', { kind: 'reset', when: 'after-commit' });
    await shop.put('1001');
    const capturedAt = new Date(Date.now() - 3 * 3_600_000).toISOString();
    await shop.pay('1001', '15.00', { capturedAt });
    await shop.says('1001', 'Exported as ticket');
    expect([(await shop.salesOf('1001')).length, posts(shop, sandbox.world.log.list())]).toEqual([1, 1]);
  },
);
