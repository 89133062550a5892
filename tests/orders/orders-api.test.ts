import { mug, mugOrder, placedAt, test } from './orders-test.ts';

test.concurrent('pages of orders go by a cursor, each order once; a SKU finds its orders', async ({ shop, expect }) => {
  for (const id of ['1', '2', '3', '4', '5']) await shop.storefront.expect('PUT', `/orders/${id}`, mugOrder);
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = (await shop.admin.expect('GET', `/orders?limit=2${cursor}`)) as {
      orders: { orderId: string }[];
      next: string | null;
    };
    seen.push(...page.orders.map(({ orderId }) => orderId));
    cursor = page.next === null ? '' : `&cursor=${page.next}`;
  } while (cursor !== '');
  expect(seen).toEqual(['5', '4', '3', '2', '1']);
  expect((await shop.admin.expect('GET', '/orders?q=MUG&limit=1'))['orders']).toHaveLength(1);
});

const payment = { paymentId: 'p1', amount: '15.00', method: 'card', capturedAt: placedAt };

test.concurrent('what can not be taken is refused, and the field is named', async ({ shop, expect }) => {
  const cases = [
    ['PUT', '/orders/1001', { ...mugOrder, total: 15 }, 'invalid', 'total'],
    ['PUT', '/orders/1001', { ...mugOrder, total: '15.001' }, 'invalid', 'total'],
    ['PUT', '/orders/1001', { ...mugOrder, lines: [{ ...mug, quantity: 1.5 }] }, 'invalid', 'lines[0].quantity'],
    ['PUT', '/orders/1001', { ...mugOrder, surprise: 1 }, 'invalid', 'surprise'],
    ['PUT', '/orders/1001', { ...mugOrder, lines: [mug, mug] }, 'invalid', 'lines'],
    ['PUT', '/orders/10%2F01', mugOrder, 'invalid', 'order'],
    ['POST', '/orders/1001/paid', { ...payment, amount: '-1.00' }, 'invalid', 'amount'],
    ['GET', '/orders?cursor=x', undefined, 'invalid', 'cursor'],
    ['GET', '/orders/none', undefined, 'order-unknown', 'order'],
  ] as const;
  for (const [method, path, body, code, field] of cases) {
    const answer = await shop[method === 'GET' ? 'admin' : 'storefront'].call(method, path, body);
    expect([method, path, body, answer.body]).toMatchObject([method, path, body ?? undefined, { code, field }]);
  }
});

test.concurrent('the storefront declares its statuses', async ({ shop, expect }) => {
  const statuses = [{ code: 'sent', name: 'Sent to the till' }];
  await shop.storefront.expect('PUT', '/order-statuses', { statuses });
  expect(await shop.admin.expect('GET', '/order-statuses')).toEqual({ statuses });
});
