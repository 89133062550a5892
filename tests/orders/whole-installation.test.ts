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
  await expect.poll(() => statusOf('1001'), { timeout: 20_000 }).toBe('in-till');
  await expect.poll(() => statusOf('1002'), { timeout: 20_000 }).toBe('in-till');
  const { events } = await shop.storefront.expect('GET', '/events');
  const exported = (events as { type: string; data: { status: string } }[]).filter(
    ({ type }) => type === 'order.exported',
  );
  expect([(await shop.till.sales()).map(({ referenceNumber }) => referenceNumber).sort(), exported.length]).toEqual([
    ['1001', '1002'],
    2,
  ]);
});
