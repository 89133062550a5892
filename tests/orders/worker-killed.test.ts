import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { expect } from 'vitest';
import { readEnvironment } from '../../runtime/config.ts';
import { test } from './export-rig.ts';
import { openSandboxShop } from './sandbox-shop.ts';

const order = {
  placedAt: '2026-11-24T10:00:00Z',
  updatedAt: '2026-11-24T10:00:00Z',
  currency: 'USD',
  total: '15.00',
  lines: [{ lineId: 'a', sku: 'MUG', description: 'Enamel mug', quantity: 1, unitPrice: '15.00' }],
};
const payment = { paymentId: 'p1', amount: '15.00', method: 'card', capturedAt: '2026-11-24T10:01:00Z' };

test.for(['SIGKILL', 'SIGSTOP'] as const)(
  'a worker that gets %s between its POST and the commit leaves one sale to the next worker (R24)',
  { timeout: 90_000 },
  async (signal, { rig }) => {
    await rig.stopWorker();
    const shop = await openSandboxShop(rig);
    const { apiUrl, authUrl, clientId, clientSecret, world } = shop.sandbox;
    const environment = {
      ...rig.environment,
      LIGHTSPEED_API_URL: apiUrl,
      LIGHTSPEED_AUTH_URL: authUrl,
      LIGHTSPEED_CLIENT_ID: clientId,
      LIGHTSPEED_CLIENT_SECRET: clientSecret,
    };
    const workers: ChildProcess[] = [];
    const startWorker = () => {
      const child = spawn(process.execPath, ['worker/main.ts'], {
        env: { ...readEnvironment(), ...environment },
        stdio: 'ignore',
      });
      workers.push(child);
      return child;
    };
    try {
      const first = startWorker();
      world.faults.add({ fault: { kind: 'latency', ms: 1_000 }, method: 'POST', path: 'Sale', nth: 1, probability: 1 });
      await shop.as('storefront', 'PUT', '/orders/1001', order);
      await shop.as('storefront', 'POST', '/orders/1001/paid', payment);
      await expect.poll(() => world.faults.list()[0]?.hits, { timeout: 30_000, interval: 20 }).toBe(1);
      first.kill(signal);
      // Frozen for longer than deadline and settle window together; then it goes on with what it was at.
      if (signal === 'SIGSTOP') setTimeout(() => first.kill('SIGCONT'), 5_000);
      startWorker();
      await expect
        .poll(async () => (await shop.as('admin', 'GET', '/orders/1001')).body['message'], { timeout: 60_000 })
        .toContain('Exported as ticket');
      const sales = [...[...world.accounts.values()][0]!.sales.all()];
      expect(sales.map(({ referenceNumber, completed }) => [referenceNumber, completed])).toEqual([['1001', true]]);
    } finally {
      for (const worker of workers) worker.kill('SIGKILL');
      await shop.close();
    }
  },
);
