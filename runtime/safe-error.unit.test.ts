import { expect, test } from 'vitest';
import { safeError } from './safe-error.ts';

test('of a failed database statement neither its parameters nor the values of a row are told', () => {
  const detail = 'Key (email)=(jane@example.com) already exists.';
  const cause = Object.assign(new Error('duplicate key value'), {
    name: 'PostgresError',
    code: '23505',
    constraint_name: 'api_keys_hash_unique',
    detail,
    parameters: ['jane@example.com'],
  });
  const error = Object.assign(new Error('Failed query: insert into x\nparams: jane@example.com', { cause }), {
    query: 'x',
  });
  const told = safeError(error);
  expect(JSON.stringify(told)).not.toContain('jane');
  expect(told.cause).toMatchObject({ code: '23505', constraint: 'api_keys_hash_unique' });
  expect(told.stack).toMatch(/^\s+at /);
});

test('of any other error its words are told, and what caused it', () => {
  expect(safeError(new TypeError('x is not a function', { cause: new Error('deep') }))).toMatchObject({
    name: 'TypeError',
    message: 'x is not a function',
    cause: { name: 'Error', message: 'deep' },
  });
  expect(safeError('text with a secret')).toEqual({ name: 'string', message: 'not an Error' });
});
