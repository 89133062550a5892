import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { NewSale } from '../../lightspeed/till.ts';
import { test } from './stub-till.ts';

const empty = { '@attributes': { next: '', previous: '' } };
const newSale: NewSale = {
  completed: true,
  employeeId: '2',
  registerId: '5',
  shopId: '1',
  customerId: null,
  referenceNumber: '1001',
  referenceNumberSource: 'tillbridge:acme',
  taxCategoryId: null,
  lines: [{ itemId: '20', quantity: 1, unitPrice: '18', tax: false }],
  payments: [{ paymentTypeId: '3', amount: '18', remoteReference: 'pay_1' }],
};
const wireSale = {
  saleID: '7',
  ticketNumber: '220000000007',
  completed: 'true',
  voided: 'false',
  archived: 'false',
  referenceNumber: '1001',
  referenceNumberSource: 'tillbridge:acme',
  calcTotal: '18',
  calcTax1: '0',
  calcTax2: '0',
  calcPayments: '18',
  balance: '0',
  change: '0',
  timeStamp: '2026-02-01T10:00:00+00:00',
};
const booked = { status: 200, body: { '@attributes': { count: '1' }, Sale: wireSale } };
const newShape401 = { error: 'access_denied', error_description: 'denied', hint: 'Access token could not be verified' };
const oldShape401 = {
  httpCode: '401',
  httpMessage: 'Unauthorized',
  message: 'Invalid username/password or API key.',
  errorClass: 'BadAuthenticationRequestError',
};
const write = { signal: new AbortController().signal, beforeSend: async () => {}, maySend: () => true };
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('should have failed'),
    (error: unknown) => error as LightspeedError,
  );

test('an answer is read whatever its content type says, packed or not', async ({ stub, till }) => {
  expect(await till.shops()).toEqual([]);
  const packed = gzipSync(JSON.stringify(empty));
  stub.setReplies((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed));
  expect(await till.shops()).toEqual([]);
});

test('each call is paid for before it is sent, and the budget corrected by its headers in any letter case', async ({
  stub,
  parts,
  till,
}) => {
  const headers = { 'X-LS-API-Bucket-Level': '92.57/90', 'x-ls-api-drip-rate': '1.5', 'X-Ls-Api-Burst-Level': '18/20' };
  stub.setReplies({ status: 200, body: empty, headers });
  await till.customersByEmail('a@b.example');
  expect(parts.notes.costs).toEqual(['1.2']);
  expect(parts.notes.settled).toEqual([{ level: '92.57', size: '90', dripRate: '1.5', burstLimit: 20 }]);
});

test.for([
  ['new', newShape401],
  ['old', oldShape401],
])(
  'an expired token, in the %s shape, is refreshed once and the call made again',
  async ([, body], { stub, parts, till }) => {
    stub.setReplies({ status: 401, body }, booked);
    expect(await till.createSale(newSale, write)).toMatchObject({ saleId: '7' });
    expect(stub.calls.map(({ token }) => token)).toEqual(['Bearer access-1', 'Bearer access-2']);
    expect(parts.notes.refreshes).toBe(1);
  },
);

test('a token refused after its refresh loses the connection, and nothing more is sent', async ({
  stub,
  parts,
  till,
}) => {
  stub.setReplies({ status: 401, body: newShape401 });
  expect(await failure(till.shops())).toMatchObject({ kind: 'connection-lost', retryable: false });
  expect(await failure(till.shops())).toMatchObject({ kind: 'connection-lost' });
  expect(stub.calls).toHaveLength(2);
  expect(parts.notes).toMatchObject({ refreshes: 1, lost: ['access-refused'] });
});

test('a connection that was replaced refuses its next call, and gives the drips back', async ({
  stub,
  parts,
  till,
}) => {
  parts.notes.reading = 'none';
  expect(await failure(till.shops())).toMatchObject({ kind: 'not-connected' });
  expect(stub.calls).toHaveLength(0);
  expect(parts.notes.released).toBe(1);
});

test('a 429 blocks the account for the time it says, and nothing was written', async ({ stub, parts, till }) => {
  stub.setReplies({ status: 429, body: 'slow down', headers: { 'retry-after': '3' } });
  expect(await failure(till.createSale(newSale, write))).toMatchObject({
    kind: 'rate-limited',
    retryAfterMs: 3_000,
    retryable: true,
  });
  expect(parts.notes.blockedMs).toEqual([3_000]);
  expect(stub.calls).toHaveLength(1);
});

test('a short wait for the budget is waited out, a long one gives the slot back with its time', async ({
  stub,
  parts,
  till,
}) => {
  parts.notes.grants = [
    { kind: 'wait', waitMs: 30 },
    { kind: 'granted', waitMs: 30 },
  ];
  await till.shops();
  parts.notes.grants = [{ kind: 'wait', waitMs: 60_000 }];
  expect(await failure(till.shops())).toMatchObject({ kind: 'budget-wait', retryAfterMs: 60_000, retryable: true });
  expect(stub.calls).toHaveLength(1);
});

test.for<[number, unknown, string]>([
  [400, { httpCode: '400', message: 'name cannot be blank.' }, 'refused'],
  [403, { message: 'no right' }, 'forbidden'],
  [404, { message: 'gone' }, 'not-found'],
  [422, '<html>', 'refused'],
  [400, { message: 'Please try again later.' }, 'unavailable'],
  [503, '<html>', 'unavailable'],
  [302, '', 'malformed'],
  [200, '<html>not JSON</html>', 'malformed'],
  [200, '{"@attributes":{"next":"","pre', 'malformed'],
  [200, { Shop: [] }, 'malformed'],
  [200, { '@attributes': { count: '1' } }, 'malformed'],
])('a read answered with %s %j is %s', async ([status, body, kind], { stub, till }) => {
  stub.setReplies({ status, body });
  expect(await failure(till.shops())).toMatchObject({ kind });
  expect(stub.calls).toHaveLength(1);
});

test.for<[number, unknown, string]>([
  [400, { message: 'Sale is unbalanced for Ada Moss' }, 'refused'],
  [422, { message: 'Register is closed' }, 'refused'],
  [400, { message: 'Please try again later.' }, 'in-doubt'],
  [500, '', 'in-doubt'],
  [504, '<html>', 'in-doubt'],
  [200, '<html>', 'in-doubt'],
  [200, { '@attributes': {}, Sale: { saleID: '7' } }, 'in-doubt'],
])('a sale answered with %s %j is %s, and never sent twice', async ([status, body, kind], { stub, till }) => {
  stub.setReplies({ status, body });
  const error = await failure(till.createSale(newSale, write));
  expect(error).toMatchObject({ kind, retryable: false });
  expect(error.message).not.toContain('Ada');
  expect(JSON.stringify(error)).not.toContain('Ada');
  if (status === 422) expect(error.vendorMessage).toBe('Register is closed');
  expect(stub.calls).toHaveLength(1);
});

test('a sale whose connection breaks is in doubt; a read is only unavailable', async ({ stub, till }) => {
  stub.setReplies((response) => response.destroy());
  expect(await failure(till.createSale(newSale, write))).toMatchObject({ kind: 'in-doubt' });
  expect(await failure(till.shops())).toMatchObject({ kind: 'unavailable' });
});

test('a sale without an answer in time is in doubt; a read is only unavailable', async ({ stub, till }) => {
  stub.setReplies(() => {});
  expect(await failure(till.createSale(newSale, write))).toMatchObject({ kind: 'in-doubt' });
  expect(await failure(till.shops())).toMatchObject({ kind: 'unavailable', retryable: true });
});

test('a till that is not there took nothing: a sale is unavailable, not in doubt', async ({ stub, till }) => {
  await stub.stop();
  expect(await failure(till.createSale(newSale, write))).toMatchObject({ kind: 'unavailable', retryable: true });
});

test('a deadline that ends before the sale is sent stops it; one that ends later leaves it in doubt', async ({
  stub,
  parts,
  till,
}) => {
  parts.notes.grants = [{ kind: 'granted', waitMs: 10_000 }];
  const early = AbortSignal.timeout(50);
  expect(await failure(till.createSale(newSale, { ...write, signal: early }))).toMatchObject({ kind: 'aborted' });
  expect(stub.calls).toHaveLength(0);
  expect(parts.notes.released).toBe(1);
  stub.setReplies(() => {});
  const late = AbortSignal.timeout(100);
  expect(await failure(till.createSale(newSale, { ...write, signal: late }))).toMatchObject({ kind: 'in-doubt' });
});

test('what is checked right before the sale is sent stops it with its own error', async ({ stub, parts, till }) => {
  const beforeSend = async () => {
    expect(parts.notes.costs).toHaveLength(1); // after the wait for the budget
    throw new Error('claim lost');
  };
  await expect(till.createSale(newSale, { ...write, beforeSend })).rejects.toThrow('claim lost');
  expect(stub.calls).toHaveLength(0);
  expect(parts.notes.released).toBe(1);
});

test('a process that was frozen until its deadline had passed sends no sale, although nothing has aborted it (R24)', async ({
  stub,
  till,
}) => {
  const asked: string[] = [];
  const beforeSend = async () => void asked.push('row');
  const maySend = () => {
    asked.push('clock');
    return false;
  };
  stub.setReplies(booked);
  expect(await failure(till.createSale(newSale, { ...write, beforeSend, maySend }))).toMatchObject({ kind: 'aborted' });
  expect([asked, stub.calls]).toEqual([['row', 'clock'], []]);
  expect(await till.createSale(newSale, write)).toMatchObject({ saleId: '7' });
});

test('an answer without end is not taken in', async ({ stub, till }) => {
  stub.setReplies((response) => response.end('x'.repeat(1_100_000)));
  expect(await failure(till.shops())).toMatchObject({ kind: 'malformed' });
  const bomb = gzipSync('x'.repeat(20_000_000));
  stub.setReplies((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
  expect(await failure(till.shops())).toMatchObject({ kind: 'malformed' });
});

test('a reference that the till does not filter by is told from one that it does not have', async ({ stub, till }) => {
  expect(await till.salesByReference('1001', 'tillbridge:acme')).toEqual({ filterHonoured: true, sales: [] });
  expect(stub.calls[0]?.url).toContain('archived=true');
  stub.setReplies({
    status: 200,
    body: { ...empty, Sale: [wireSale, { ...wireSale, saleID: '8', referenceNumber: '9' }] },
  });
  const found = await till.salesByReference('1001', 'tillbridge:acme');
  expect(found).toMatchObject({ filterHonoured: false, sales: [{ saleId: '7' }] });
});

test('customers are told by the addresses that came, whatever the case, oldest first', async ({ stub, till }) => {
  const customer = (customerID: string, createTime: string, address: string) => ({
    customerID,
    createTime,
    archived: 'false',
    Contact: { Emails: { ContactEmail: { address, useType: 'Primary' } } },
  });
  const Customer = [
    customer('5', '2026-02-01T10:00:00+00:00', 'ADA@b.example'),
    customer('6', '2025-02-01T10:00:00+00:00', 'ada@b.example '),
    customer('7', '2024-02-01T10:00:00+00:00', 'other@b.example'),
  ];
  stub.setReplies({ status: 200, body: { ...empty, Customer } });
  expect((await till.customersByEmail('Ada@B.example')).map(({ customerId }) => customerId)).toEqual(['6', '5']);
});
