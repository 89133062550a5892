import { expect } from 'vitest';
import { locations } from '../../db/schema/inventory.ts';
import { test } from '../stack-test.ts';

test('an order that waited for the setup is exported by it, with its status, and told to the storefront (R5, R23, R28)', async ({
  shop,
  db,
}) => {
  const now = new Date().toISOString();
  const waiting = await shop.storefront.expect('PUT', '/orders/1001', {
    placedAt: now,
    updatedAt: now,
    currency: 'USD',
    total: '15.00',
    lines: [{ lineId: 'a', sku: 'NONE', description: 'Enamel mug', quantity: 1, unitPrice: '15.00' }],
  });
  expect(waiting['message']).toContain('Waiting for setup');
  const orderExport = {
    mode: 'on',
    employeeId: '3',
    registerId: '4',
    defaultPaymentTypeId: '7',
    statusAfterExport: 'in-till',
    exportFrom: '2026-01-01T00:00:00Z',
  };
  await db.insert(locations).values({ tenant: shop.tenant, locationId: 'harbour', name: 'Harbour Street' });
  await shop.storefront.expect('PUT', '/order-statuses', { statuses: [{ code: 'in-till', name: 'In the till' }] });
  await shop.connect('1');
  await shop.admin.expect('PUT', '/setup/stores', { stores: [{ shopId: '1', locationId: 'harbour' }] });
  await shop.admin.expect('PUT', '/setup/import-settings', {});
  await shop.admin.expect('PUT', '/setup/pricing', { enabled: false });
  await shop.admin.expect('PUT', '/setup/order-export', orderExport);
  await shop.admin.expect('POST', '/setup/complete');
  const later = new Date().toISOString();
  const payment = { paymentId: 'p1', amount: '15.00', method: 'card', capturedAt: later };
  await shop.storefront.expect('PUT', '/orders/1002', {
    placedAt: later,
    updatedAt: later,
    currency: 'USD',
    total: '15.00',
    lines: [{ lineId: 'a', sku: 'NONE', description: 'Enamel mug', quantity: 1, unitPrice: '15.00' }],
  });
  await shop.storefront.expect('POST', '/orders/1001/paid', payment);
  await shop.storefront.expect('POST', '/orders/1002/paid', { ...payment, paymentId: 'p2' });
  const statusOf = async (order: string) => (await shop.admin.expect('GET', `/orders/${order}`))['status'];
  await expect.poll(() => statusOf('1001'), { timeout: 40_000 }).toBe('in-till');
  await expect.poll(() => statusOf('1002'), { timeout: 40_000 }).toBe('in-till');
  const { events } = await shop.storefront.expect('GET', '/events');
  const exported = (events as { type: string; data: { status: string } }[]).filter(
    ({ type }) => type === 'order.exported',
  );
  expect([(await shop.till.sales()).map(({ referenceNumber }) => referenceNumber).sort(), exported.length]).toEqual([
    ['1001', '1002'],
    2,
  ]);
});

test('a dry run that is turned off exports nothing by surprise; a refund after an export is booked if the setup says so', async ({
  shop,
}) => {
  const dryRun = { mode: 'dry-run', employeeId: '3', registerId: '4', defaultPaymentTypeId: '7', refunds: true };
  await shop.setUp({ pricing: { enabled: false }, orderExport: dryRun });
  const now = new Date().toISOString();
  await shop.storefront.expect('PUT', '/orders/1001', {
    placedAt: now,
    updatedAt: now,
    currency: 'USD',
    total: '15.00',
    lines: [{ lineId: 'a', sku: 'NONE', description: 'Enamel mug', quantity: 1, unitPrice: '15.00' }],
  });
  const payment = { paymentId: 'p1', amount: '15.00', method: 'card', capturedAt: now };
  await shop.storefront.expect('POST', '/orders/1001/paid', payment);
  const says = (words: string) =>
    expect
      .poll(async () => (await shop.admin.expect('GET', '/orders/1001'))['message'], { timeout: 40_000 })
      .toContain(words);
  await says('Dry run: a sale of 15.00 USD is planned');
  await shop.admin.expect('PUT', '/setup/order-export', { mode: 'off' });
  await says('order export is off');
  await shop.admin.expect('PUT', '/setup/order-export', { ...dryRun, mode: 'on' });
  await says('Waiting: orders are exported from');
  expect(await shop.till.sales()).toEqual([]);
  await shop.admin.expect('POST', '/orders/retry', { orders: ['1001'] });
  await says('Exported as ticket');
  const refund = { refundId: 'r1', amount: '15.00', at: now, lines: [{ lineId: 'a', quantity: 1 }] };
  await shop.storefront.expect('POST', '/orders/1001/refunded', refund);
  const references = async () => (await shop.till.sales()).map(({ referenceNumber }) => referenceNumber).sort();
  await expect.poll(references, { timeout: 40_000 }).toEqual(['1001', '1001:r1']);
});
