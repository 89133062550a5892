import { expect, test } from 'vitest';
import { orderFaults } from '../../bench/order-faults.ts';

test('orders under random faults, with processes killed and frozen and connections cut, end as one sale each, and their refunds as one refund sale each (R24)', {
  timeout: 480_000,
}, async () => {
  const { faults, refunds, ...counted } = await orderFaults({ orders: 24, seed: 20_261_125 });
  expect(counted).toMatchObject({
    orders: 24,
    sales: 24,
    duplicates: 0,
    lost: 0,
    duplicateRefunds: 0,
    lostRefunds: 0,
    openSales: 0,
    customersDoubled: 0,
    stockWrong: 0,
    ledgerWrong: 0,
  });
  expect(refunds).toBeGreaterThan(0);
  const { workerKilled, workerFrozen, apiKilled, temporalRestarted, databaseCut } = faults as Record<string, number>;
  for (const times of [workerKilled, workerFrozen, apiKilled, temporalRestarted, databaseCut]) {
    expect(times).toBeGreaterThan(0);
  }
});
