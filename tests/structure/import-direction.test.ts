import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** One forbidden import per row of the house's import table, and one that is allowed. */
const forbidden: [file: string, source: string][] = [
  ['domain/orders/planted.ts', "import { db } from '../../db/database.ts';\nexport const x = db;"],
  ['domain/orders/planted.ts', "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;"],
  ['domain/orders/planted.ts', 'export const x = Date.now();'],
  ['lightspeed/planted.ts', "import { db } from '../db/database.ts';\nexport const x = db;"],
  ['webhooks/planted.ts', "import { till } from '../lightspeed/till.ts';\nexport const x = till;"],
  ['db/orders/planted.ts', "import { till } from '../../lightspeed/till.ts';\nexport const x = till;"],
  ['runtime/planted.ts', "import { db } from '../db/database.ts';\nexport const x = db;"],
  ['temporal/planted.ts', "import { setup } from '../workflows/setup/setup.ts';\nexport const x = setup;"],
  ['temporal/planted.ts', "import { db } from '../db/database.ts';\nexport const x = db;"],
  ['activities/orders/planted.ts', "import { app } from '../../api/http/create-app.ts';\nexport const x = app;"],
  [
    'activities/orders/planted.ts',
    "import { wf } from '../../workflows/orders/order-export.ts';\nexport const x = wf;",
  ],
  ['workflows/orders/planted.ts', "import { plan } from '../../domain/orders/plan-sale.ts';\nexport const x = plan;"],
  [
    'workflows/orders/planted.ts',
    "import { post } from '../../activities/orders/post-sale.ts';\nexport const x = post;",
  ],
  ['workflows/orders/planted.ts', "import { db } from '../../db/database.ts';\nexport const x = db;"],
  ['workflows/orders/planted.ts', "export * from '../../domain/orders/plan-sale.ts';"],
  ['api/orders/planted.ts', "import { post } from '../../activities/orders/post-sale.ts';\nexport const x = post;"],
  ['api/orders/planted.ts', "import { wf } from '../../workflows/orders/order-export.ts';\nexport const x = wf;"],
  ['worker/planted.ts', "import { app } from '../api/http/create-app.ts';\nexport const x = app;"],
  ['sandbox/r-series/planted.ts', "import { money } from '../../domain/money.ts';\nexport const x = money;"],
  ['sandbox/demo/planted.ts', "import { till } from '../../lightspeed/till.ts';\nexport const x = till;"],
];

const allowed: [file: string, source: string][] = [
  [
    'workflows/orders/allowed.ts',
    "import type { Plan } from '../../domain/orders/plan-sale.ts';\nexport type X = Plan;",
  ],
  ['workflows/orders/allowed.ts', "import { changed } from '../messages/orders.ts';\nexport const x = changed;"],
  ['temporal/allowed.ts', "import { changed } from '../workflows/messages/orders.ts';\nexport const x = changed;"],
  ['activities/orders/allowed.ts', "import { till } from '../../lightspeed/till.ts';\nexport const x = till;"],
  ['api/orders/allowed.ts', "import { till } from '../../lightspeed/till.ts';\nexport const x = till;"],
  ['sandbox/demo/allowed.ts', "import { log } from '../../runtime/logger.ts';\nexport const x = log;"],
];

const root = resolve(import.meta.dirname, '../..');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillbridge-lint-'));
  await cp(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(forbidden)('the linter refuses in %s: %s', async (file, source) => {
  expect(await lint(file, source)).toMatch(/no-restricted-(imports|globals)/);
});

test.each(allowed)('the linter allows in %s: %s', async (file, source) => {
  expect(await lint(file, source)).not.toContain('no-restricted');
});

async function lint(file: string, source: string): Promise<string> {
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, source);
  try {
    return await new Promise((done) => {
      execFile(join(root, 'node_modules/.bin/oxlint'), [file], { cwd: folder }, (_, stdout, stderr) =>
        done(stdout + stderr),
      );
    });
  } finally {
    await rm(path);
  }
}
