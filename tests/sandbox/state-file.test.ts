import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { call, control, openSandbox, token } from './sandbox-test.ts';

const main = join(import.meta.dirname, '../../sandbox/r-series/main.ts');

type Facts = Record<
  | 'apiUrl'
  | 'authUrl'
  | 'clientId'
  | 'clientSecret'
  | 'accountId'
  | 'accessToken'
  | 'refreshToken'
  | 'nonAdminAccessToken',
  string
>;

async function run(args: string[]) {
  const child = spawn(process.execPath, [main, '--items', '30', '--unlimited', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const line = await Promise.race([
    new Promise<string>((done) => createInterface({ input: child.stdout }).once('line', done)),
    ended.then((code) => `ended with ${code}: ${errors}`),
  ]);
  return { child, ended, line };
}

async function stateFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-state-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const sale = {
  employeeID: 3,
  registerID: 4,
  shopID: 1,
  taxCategoryID: 0,
  completed: true,
  SaleLines: { SaleLine: { itemID: 1, unitQuantity: 1, unitPrice: '5' } },
  SalePayments: { SalePayment: { amount: '5', paymentTypeID: 7 } },
};

test('what was answered before a kill -9 is there after it: sales, stock and tokens', async () => {
  const args = ['--state-file', join(await stateFolder(), 'state')];
  const first = await run(args);
  const facts = JSON.parse(first.line) as Facts;
  for (let number = 1; number <= 5; number += 1) {
    const { status } = await call(facts, 'POST', 'Sale.json', { ...sale, referenceNumber: `K-${number}` });
    expect(status).toBe(200);
  }
  const stock = (await call(facts, 'GET', 'ItemShop.json?itemID=1&shopID=1')).body.ItemShop.qoh;
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await run(args);
  const again = JSON.parse(second.line) as Facts;
  expect([again.accountId, again.clientId]).toEqual([facts.accountId, facts.clientId]);
  const { body } = await call({ ...again, accessToken: facts.accessToken }, 'GET', 'Sale.json');
  expect(body.Sale.map((row: { referenceNumber: string }) => row.referenceNumber)).toEqual([
    'K-1',
    'K-2',
    'K-3',
    'K-4',
    'K-5',
  ]);
  expect((await call(again, 'GET', 'ItemShop.json?itemID=1&shopID=1')).body.ItemShop.qoh).toBe(stock);
  const refreshed = await token(again as never, { grant_type: 'refresh_token', refresh_token: facts.refreshToken });
  expect(refreshed.status).toBe(200);
  expect((await call(again, 'POST', 'Sale.json', sale)).body.Sale.saleID).toBe('6');
});

test('a line that a crash has cut short is dropped with the call it belongs to', async () => {
  const stateFile = join(await stateFolder(), 'state');
  const first = await openSandbox({ stateFile });
  await call(first, 'POST', 'Sale.json', { ...sale, referenceNumber: 'whole' });
  await first.stop();
  await appendFile(
    stateFile,
    `[${first.accountId},"Sale",2,{"saleID":2,"referenceNumber":"half"}]\n[${first.accountId},"SaleLi`,
  );
  const second = await openSandbox({ stateFile });
  expect((await call(second, 'GET', 'Sale.json')).body.Sale.referenceNumber).toBe('whole');
  await second.stop();
  const third = await openSandbox({ stateFile });
  expect((await control(third, 'GET', `accounts/${third.accountId}/books/summary`)).sales).toBe(1);
});

test('time goes on where it was, also after the clock was moved', async () => {
  const stateFile = join(await stateFolder(), 'state');
  const first = await openSandbox({ stateFile });
  await control(first, 'POST', 'clock', { advanceMs: 3_600_000 });
  await control(first, 'PUT', `accounts/${first.accountId}/stock`, { itemId: 1, shopId: 1, qoh: 3 });
  const before = first.world.clock.now();
  await first.stop();
  const second = await openSandbox({ stateFile });
  expect(second.world.clock.now()).toBeGreaterThanOrEqual(before);
});

test('a busy port, an unknown switch and an unknown option are told in plain words', async () => {
  const sandbox = await openSandbox();
  expect((await run(['--port', new URL(sandbox.origin).port])).line).toContain('is busy');
  expect((await run(['--switch', 'gravity=off'])).line).toContain('no switch "gravity"');
  expect((await run(['--switch', 'overpayment=maybe'])).line).toContain('is one of refused, accepted');
  expect((await run(['--colour', 'red'])).line).toContain('--colour');
});

test('--help lists every option and switch', async () => {
  const child = spawn(process.execPath, [main, '--help']);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((done) => child.once('exit', done));
  expect(text).toContain('--time-scale');
  expect(text).toContain('reference-filter=honoured|ignored');
});

test('with --stop-with-parent it ends when its input closes', async () => {
  const { child, ended } = await run(['--stop-with-parent']);
  child.stdin.end();
  expect(await ended).toBe(0);
});
