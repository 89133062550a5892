import type { OrderShop } from './orders-test.ts';
import { at, mug, placedAt, test } from './orders-test.ts';

test.concurrent('an order paid in two parts says what is due until it is paid, and keeps every step it took (R25, R26)', async ({
  standingShop,
  expect,
}) => {
  const shop = await standingShop();
  await shop.put('parts');
  const half = await shop.pay('parts', '3.00', { paymentId: 'p1' });
  const { orders } = await shop.admin.expect('GET', '/orders?state=waiting&q=parts');
  const due = 'Unbalanced: 12.00 USD due';
  expect([half['message'], orders]).toMatchObject([due, [{ orderId: 'parts', message: due }]]);
  await shop.says('parts', /^Unbalanced: 12.00 USD due$/);
  await shop.pay('parts', '12.00', { paymentId: 'p2' });
  await shop.says('parts', 'Exported as ticket');
  const { history } = (await shop.order('parts')) as { history: { code: string }[] };
  expect(history.map(({ code }) => code)).toEqual(['unbalanced', 'unbalanced', 'exporting', 'exported']);
  expect(await shop.salesOf('parts')).toMatchObject([
    { total: '15', balance: '0', payments: [{ remoteReference: 'p1' }, { remoteReference: 'p2' }] },
  ]);
});

test.concurrent('authorised money counts once it is captured; a payment told twice counts once, told differently it is a conflict (R25)', async ({
  standingShop,
  expect,
}) => {
  const shop = await standingShop();
  await shop.put('money');
  const authorised = await shop.pay('money', '15.00', { paymentId: 'p1', state: 'authorised' });
  expect(authorised['message']).toBe('Unbalanced: 15.00 USD due');
  await shop.pay('money', '3.00', { paymentId: 'p2' });
  const again = await shop.pay('money', '3.00', { paymentId: 'p2' });
  expect(again).toMatchObject({
    ignored: 'Ignored: this payment is known already',
    message: 'Unbalanced: 12.00 USD due',
  });
  await expect(shop.pay('money', '12.00', { paymentId: 'p2' })).rejects.toThrow('payment-conflict');
  await shop.put('captured');
  await shop.pay('captured', '15.00', { state: 'authorised' });
  await shop.pay('captured');
  await shop.says('captured', 'Exported');
});

test.concurrent('money beyond the total parks an order until its total is put right; an older snapshot is ignored and says so (R25, R36)', async ({
  standingShop,
  expect,
}) => {
  const shop = await standingShop();
  await shop.put('over', { updatedAt: at(5) });
  await shop.pay('over', '20.00');
  await shop.says('over', 'Needs attention: Unbalanced: 5.00 USD overpaid. Give the excess back');
  const corrected = { total: '20.00', lines: [{ ...mug, unitPrice: '20.00' }] };
  expect((await shop.put('over', { ...corrected, updatedAt: at(4) }))['ignored']).toContain('is newer');
  await shop.put('over', { ...corrected, updatedAt: at(6) });
  await shop.says('over', 'Exported');
  expect(await shop.salesOf('over')).toMatchObject([{ total: '20' }]);
});

test.concurrent('an order waits until every item is fulfilled: line by line, in parts, taken back and made again, by store and supplier (R29)', async ({
  standingShop,
  expect,
}) => {
  const shop = await standingShop({ whenFulfilled: true });
  const lines = [
    { ...mug, quantity: 4, unitPrice: '7.50' },
    { ...mug, lineId: 'b', sku: 'CUP' },
  ];
  const [all, fewer] = [
    { total: '45.00', lines },
    { total: '45.00', lines: [{ ...lines[0], cancelledQuantity: 1 }, lines[1]] },
  ];
  await shop.put('goods', all);
  await shop.pay('goods', '45.00');
  await shop.says('goods', /^Waiting for fulfilment: 4 of MUG, 1 of CUP$/);
  await fulfil(shop, 'goods', ['f1', 'a', 3, 'store']);
  await fulfil(shop, 'goods', ['f2', 'a', -2, 'store']);
  const cup = await fulfil(shop, 'goods', ['f3', 'b', 1, 'supplier']);
  expect(cup['message']).toBe('Waiting for fulfilment: 3 of MUG');
  await shop.put('goods', { ...fewer, updatedAt: at(2) });
  await shop.says('goods', /^Waiting for fulfilment: 2 of MUG$/);
  await shop.put('goods', { ...all, updatedAt: at(3) });
  await fulfil(shop, 'goods', ['f4', 'a', 3, 'supplier']);
  await shop.says('goods', 'Exported');
  expect(await shop.salesOf('goods')).toMatchObject([{ lines: [{ quantity: '4' }, { quantity: '1' }] }]);
});

test.concurrent('a cancelled order makes no sale, even if money comes later', async ({
  standingShop,
  temporal,
  expect,
}) => {
  const shop = await standingShop();
  await shop.put('gone');
  await shop.storefront.expect('POST', '/orders/gone/cancelled', { at: placedAt });
  const paid = await shop.pay('gone');
  await temporal.workflow.getHandle(`order-export/${shop.tenant}/gone`).result();
  expect([paid['message'], await shop.salesOf('gone')]).toEqual(['Cancelled: no sale was made', []]);
});

const fulfil = (
  { storefront }: OrderShop,
  orderId: string,
  [fulfilmentId, lineId, quantity, by]: [string, string, number, 'store' | 'supplier'],
) =>
  storefront.expect('POST', `/orders/${orderId}/fulfilled`, {
    fulfilmentId,
    by,
    at: at(1),
    lines: [{ lineId, quantity }],
  });
