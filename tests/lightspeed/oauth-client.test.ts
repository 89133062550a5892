import { UnsecuredJWT } from 'jose';
import { test as base, expect } from 'vitest';
import { createExchange } from '../../lightspeed/http/create-exchange.ts';
import type { OAuthClient } from '../../lightspeed/oauth-client.ts';
import { createOAuthClient } from '../../lightspeed/oauth-client.ts';
import { startStub } from './stub-server.ts';

const accessToken = new UnsecuredJWT({
  acct: 120645,
  scope: 'employee:register employee:inventory_read',
  exp: 1_900_000_000.25,
})
  .setSubject('2')
  .encode();
const pair = { token_type: 'Bearer', expires_in: 3600, access_token: accessToken, refresh_token: 'def50-2' };

const test = base.extend<{ stub: Awaited<ReturnType<typeof startStub>>; oauth: OAuthClient }>({
  stub: async ({}, use) => {
    const stub = await startStub({ status: 200, body: pair });
    await use(stub);
    await stub.stop();
  },
  oauth: async ({ stub }, use) => {
    const exchange = createExchange({ timeoutMs: 500 });
    await use(
      createOAuthClient({ authUrl: stub.apiUrl, clientId: 'our-client', clientSecret: 'our-secret', exchange }),
    );
  },
});

test('R1: the browser is sent to sign in with a state and a challenge', async ({ oauth }) => {
  const url = new URL(oauth.authorizationUrl({ state: 's&1', codeChallenge: 'c' }));
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'our-client',
    state: 's&1',
    code_challenge: 'c',
    code_challenge_method: 'S256',
  });
  expect(url.href).not.toContain('our-secret');
});

test('a code gives a pair, and the account and user whose it is', async ({ stub, oauth }) => {
  expect(await oauth.exchangeCode({ code: 'c', verifier: 'v' })).toEqual({
    accessToken,
    refreshToken: 'def50-2',
    expiresInMs: 3_600_000,
    accountId: '120645',
    userId: '2',
    scopes: ['employee:register', 'employee:inventory_read'],
  });
  expect(Object.fromEntries(new URLSearchParams(stub.calls[0]!.body))).toEqual({
    client_id: 'our-client',
    client_secret: 'our-secret',
    grant_type: 'authorization_code',
    code: 'c',
    code_verifier: 'v',
  });
});

test('a refresh names no scope', async ({ stub, oauth }) => {
  await oauth.refresh('def50-1');
  expect([...new URLSearchParams(stub.calls[0]!.body).keys()].sort()).toEqual([
    'client_id',
    'client_secret',
    'grant_type',
    'refresh_token',
  ]);
});

test.for<[number, unknown, object]>([
  [400, { error: 'invalid_grant', error_description: 'x', hint: 'y' }, { kind: 'invalid-grant', retryable: false }],
  [401, { error: 'invalid_client' }, { kind: 'client-refused', retryable: false }],
  [429, 'slow', { kind: 'rate-limited', retryable: true }],
  [503, '<html>', { kind: 'unavailable', retryable: true }],
  [200, { access_token: 'no JWT', refresh_token: 'r', expires_in: 1 }, { kind: 'malformed' }],
  [200, {}, { kind: 'malformed' }],
])('a token request answered with %s %j fails for what it is', async ([status, body, expected], { stub, oauth }) => {
  stub.setReplies({ status, body });
  await expect(oauth.refresh('def50-1')).rejects.toMatchObject(expected);
});

test('a time-out of the token endpoint leaves nothing in doubt', async ({ stub, oauth }) => {
  stub.setReplies(() => {});
  await expect(oauth.refresh('def50-1')).rejects.toMatchObject({ kind: 'unavailable' });
});

test('a pair that is dead already counts as revoked', async ({ stub, oauth }) => {
  stub.setReplies({ status: 400, body: { error: 'invalid_grant' } });
  await oauth.revoke('def50-1');
  stub.setReplies({ status: 503, body: '' });
  await expect(oauth.revoke('def50-1')).rejects.toMatchObject({ kind: 'unavailable' });
});
