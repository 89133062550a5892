import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { connections } from '../../db/schema/setup.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { test } from '../inventory/inventory-test.ts';

test('R35: disconnecting kills both tokens, freezes listings and parks orders; reconnecting goes on without a new first sync', async ({
  stockroom,
  app,
  db,
  sandbox,
}) => {
  const { admin, storefront, tenant, accountId, till } = stockroom;
  await stockroom.open();
  const shown = await stockroom.listings();
  expect(shown[0]).toMatchObject({ displayed: true, quantity: 5 });
  const [{ accessToken, refreshToken } = { accessToken: null, refreshToken: null }] = await db
    .select()
    .from(connections)
    .where(eq(connections.tenant, tenant));
  const ring = createKeyRing(app.config.SECRET_KEYS);
  const [access, refresh] = [
    ring.open(accessToken!, `${tenant}/connections.accessToken`),
    ring.open(refreshToken!, `${tenant}/connections.refreshToken`),
  ];
  const useAccess = () =>
    fetch(`${sandbox.apiUrl}/Account/${accountId}/Shop.json`, { headers: { authorization: `Bearer ${access}` } });
  const useRefresh = () => {
    const { clientId: client_id, clientSecret: client_secret } = sandbox;
    const fields = { grant_type: 'refresh_token', refresh_token: refresh, client_id, client_secret };
    return fetch(`${sandbox.authUrl}/token`, { method: 'POST', body: new URLSearchParams(fields) });
  };
  expect((await useAccess()).status).toBe(200);

  const left = await admin.expect('POST', '/setup/disconnect');
  expect(left['warnings']).toEqual([expect.stringContaining('Listings stay')]);
  await expect.poll(async () => (await useAccess()).status, { timeout: 40_000 }).toBe(401);
  expect((await useRefresh()).status).toBe(400);
  // Sold out in the till meanwhile: nobody sees it, and nobody zeroes anything.
  await till.setStock({ itemId: stockroom.itemIds[0]!, shopId: '1', qoh: 0 });
  expect((await admin.call('POST', '/sync/run')).status).toBe(409);
  const now = new Date().toISOString();
  const line = { lineId: 'a', sku: 'NONE', description: 'Mug', quantity: 1, unitPrice: '15.00' };
  await storefront.expect('PUT', '/orders/1001', {
    placedAt: now,
    updatedAt: now,
    currency: 'USD',
    total: '15.00',
    lines: [line],
  });
  const payment = { paymentId: 'p1', amount: '15.00', method: 'card', capturedAt: now };
  await storefront.expect('POST', '/orders/1001/paid', payment);
  const order = () => admin.expect('GET', '/orders/1001');
  await expect.poll(async () => (await order())['message'], { timeout: 40_000 }).toContain('connect Lightspeed again');
  expect(await order()).toMatchObject({ state: 'waiting' });
  expect(await stockroom.listings()).toEqual(shown);
  expect(await till.sales()).toEqual([]);

  const before = await stockroom.runs();
  expect((await stockroom.connect('1')).status).toBe(200);
  await expect.poll(async () => (await order())['state'], { timeout: 40_000 }).toBe('exported');
  expect((await stockroom.nextRun('poll', before)).state).toBe('succeeded');
  expect(await stockroom.listing(shown[0]!.sku)).toMatchObject({ quantity: 0, displayed: false });
  expect((await stockroom.runs()).filter(({ mode }) => mode === 'full')).toHaveLength(1);
});
