import { ApplicationFailure } from '@temporalio/common';
import { expect, test } from 'vitest';
import { Problem } from '../domain/problem.ts';
import { LightspeedError } from '../lightspeed/lightspeed-error.ts';
import { toFailure } from './failure-interceptor.ts';

test('a refusal keeps its code and words, and is not tried again', () => {
  const failure = toFailure(new Problem('unknown-shop', 'There is no shop 9', { field: 'stores[0].shopId' }));
  expect(failure).toMatchObject({ type: 'unknown-shop', message: 'There is no shop 9', nonRetryable: true });
});

test('a vendor failure is tried again when and if its kind says so, without the vendor’s words', () => {
  const details = { retryAfterMs: 1_500, vendorMessage: 'Jane Doe is unknown' };
  const busy = toFailure(new LightspeedError('rate-limited', 'Lightspeed asks to slow down', details));
  expect(busy).toMatchObject({ type: 'rate-limited', nonRetryable: false, nextRetryDelay: 1_500 });
  expect(JSON.stringify(busy)).not.toContain('Jane');
  expect(toFailure(new LightspeedError('refused', 'Refused'))).toMatchObject({ type: 'refused', nonRetryable: true });
});

test('anything else tells nothing of the data it failed on, and is tried again', () => {
  const cause = Object.assign(new Error('duplicate key (jane@example.com)'), { name: 'PostgresError', code: '23505' });
  const query = Object.assign(new Error('Failed query: insert … params: jane@example.com', { cause }), { query: 'x' });
  const failure = toFailure(query);
  expect(failure).toMatchObject({ type: 'unexpected', nonRetryable: false });
  expect(failure.message).toContain('23505');
  expect(`${failure.message}${failure.stack}${String(failure.cause)}`).not.toContain('jane');
});

test('a failure made for a workflow passes as it is', () => {
  const made = ApplicationFailure.nonRetryable('held', 'claim-lost');
  expect(toFailure(made)).toBe(made);
});
