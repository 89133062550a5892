import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const enough = {
  DATABASE_URL: 'postgres://user:password@127.0.0.1:5432/name',
  SECRET_KEYS: 'a:key',
  LIGHTSPEED_CLIENT_ID: 'client',
  LIGHTSPEED_CLIENT_SECRET: 'planted-secret',
};

test('what must be set and is not is named, all at once', () => {
  expect(() => readConfig({})).toThrow(ConfigError);
  expect(() => readConfig({})).toThrow(/DATABASE_URL: is required[^]*SECRET_KEYS: is required/);
});

test('a malformed setting is named without its value', () => {
  const broken = { ...enough, DATABASE_URL: 'mysql://user:planted-secret@host/name', API_PORT: '99999' };
  expect(() => readConfig(broken)).toThrow(/DATABASE_URL: a PostgreSQL address[^]*API_PORT/);
  expect(() => readConfig(broken)).not.toThrow(/planted-secret/);
});

test('an empty variable counts as not set, and durations come as numbers of milliseconds', () => {
  const config = readConfig({ ...enough, API_PORT: '', SETUP_REMINDERS_MS: '1000,2000' });
  expect(config).toMatchObject({ API_PORT: 8080, SETUP_REMINDERS_MS: [1_000, 2_000], SETTLE_WINDOW_MS: 180_000 });
});
