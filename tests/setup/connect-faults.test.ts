import { expect } from 'vitest';
import { runSchedules } from '../../bench/connect-faults/run-schedules.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { test as base, platformKey } from '../stack-test.ts';

const test = base.extend({ overrides: [{ LIGHTSPEED_TIMEOUT_MS: '2000' }, { scope: 'file' }] });

// `npm run bench -- connect-faults` plays more of them, and kills workers.
const name = 'after random faults a connection works, or is told as lost and healed by an admin; it never loops';
test(name, { timeout: 180_000 }, async ({ app, db, databaseUrl, sandbox }) => {
  await app.startWorkers();
  const ring = createKeyRing(app.config.SECRET_KEYS);
  const parts = { apiUrl: app.url, platformKey, db, databaseUrl, sandbox, ring, killWorker: null };
  const counts = await runSchedules(parts, { runs: 4, seed: 3, lanes: 2 });
  expect(counts).toMatchObject({ runs: 4, looping: 0, twoPairsInUse: 0 });
  expect(counts.usable + counts.lost).toBe(4);
});
