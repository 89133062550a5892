import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { beginFullPull } from '../../activities/inventory/begin-full-pull.ts';
import { beginSync } from '../../activities/inventory/begin-sync.ts';
import { requestSync } from '../../db/setup/request-sync.ts';
import { test } from './inventory-test.ts';

test('a run whose first step is repeated after a crash goes on as it began (R34)', async ({ stockroom, db }) => {
  await stockroom.open();
  await stockroom.poll();
  const { tenant } = stockroom;
  const pull = { tenant, runId: randomUUID(), trigger: 'schedule' } as const;
  expect(await beginFullPull({ db }, pull)).toEqual({ kind: 'run' });
  expect(await beginFullPull({ db }, pull)).toEqual({ kind: 'run' });
  expect(await beginFullPull({ db }, { ...pull, runId: randomUUID() })).toMatchObject({ kind: 'idle' });
  await requestSync(db, tenant, 'settings');
  const sync = { tenant, runId: randomUUID(), trigger: 'person', deadlineMs: 60_000 } as const;
  expect(await beginSync({ db }, sync)).toEqual({ kind: 'run', mode: 'local' });
  expect(await beginSync({ db }, sync)).toEqual({ kind: 'run', mode: 'local' });
  expect((await stockroom.runs()).filter(({ state }) => state === 'running')).toHaveLength(2);
});
