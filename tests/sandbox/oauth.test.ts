import { expect, test } from 'vitest';
import { call, control, openSandbox, pkcePair, signIn, token } from './sandbox-test.ts';

test('a client gets tokens by code and PKCE, and the redirect carries the state', async () => {
  const sandbox = await openSandbox({ redirectUri: 'http://127.0.0.1:9/back?x=1' });
  const { verifier, challenge } = pkcePair();
  const back = await signIn(sandbox, 1, { code_challenge: challenge, code_challenge_method: 'S256' });
  expect(back.get('state')).toBe('xyz');
  const wrong = await token(sandbox, {
    grant_type: 'authorization_code',
    code: back.get('code')!,
    code_verifier: pkcePair().verifier,
  });
  expect([wrong.status, wrong.body.error]).toEqual([400, 'invalid_grant']);
  const pair = await token(sandbox, {
    grant_type: 'authorization_code',
    code: back.get('code')!,
    code_verifier: verifier,
  });
  expect(pair.body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
  expect(pair.body).not.toHaveProperty('scope');
  const claims = JSON.parse(Buffer.from(pair.body.access_token.split('.')[1], 'base64url').toString());
  expect(claims).toMatchObject({
    aud: sandbox.clientId,
    acct: sandbox.accountId,
    scope: 'employee:register employee:inventory_read',
  });
  const again = await token(sandbox, {
    grant_type: 'authorization_code',
    code: back.get('code')!,
    code_verifier: verifier,
  });
  expect([again.status, again.body.error]).toEqual([400, 'invalid_grant']);
});

test('the sign-in page names the employees, and a second visit needs no name', async () => {
  const sandbox = await openSandbox();
  const query = new URLSearchParams({ response_type: 'code', client_id: sandbox.clientId, scope: 'employee:register' });
  const page = await fetch(`${sandbox.authUrl}/authorize?${query.toString()}`);
  expect(await page.text()).toContain('Ada Moss (Owner)');
  const post = (fields: Record<string, string>, cookie = '') =>
    fetch(`${sandbox.authUrl}/authorize`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams({ ...Object.fromEntries(query), decision: 'approve', ...fields }),
    });
  expect((await post({})).status).toBe(400);
  const first = await post({ accountId: sandbox.accountId, employeeId: '1' });
  const cookie = first.headers.get('set-cookie')!.split(';')[0]!;
  expect(new URL((await post({}, cookie)).headers.get('location')!).searchParams.get('code')).toBeTruthy();
});

test('denying, unknown clients and unknown scopes are told apart', async () => {
  const sandbox = await openSandbox();
  expect((await signIn(sandbox, 1, { decision: 'deny' })).get('error')).toBe('access_denied');
  const authorize = async (fields: Record<string, string>) => {
    const query = new URLSearchParams({ response_type: 'code', client_id: sandbox.clientId, ...fields });
    const answer = await fetch(`${sandbox.authUrl}/authorize?${query.toString()}`);
    return [answer.status, ((await answer.json()) as { error: string }).error];
  };
  expect(await authorize({ client_id: 'nobody' })).toEqual([400, 'invalid_client']);
  expect(await authorize({ scope: 'employee:everything' })).toEqual([400, 'invalid_scope']);
  expect(
    (await token(sandbox, { grant_type: 'refresh_token', client_secret: 'wrong', refresh_token: 'x' })).status,
  ).toBe(401);
  expect((await token(sandbox, { grant_type: 'refresh_token', refresh_token: 'x' })).body.error).toBe('invalid_grant');
  expect((await fetch(`${sandbox.authUrl}/token`)).status).toBe(405);
});

test('a code dies after 60 seconds, an access token after an hour', async () => {
  const sandbox = await openSandbox();
  const late = await signIn(sandbox, 1);
  await control(sandbox, 'POST', 'clock', { advanceMs: 61_000 });
  expect((await token(sandbox, { grant_type: 'authorization_code', code: late.get('code')! })).body.error).toBe(
    'invalid_grant',
  );
  await control(sandbox, 'POST', 'clock', { advanceMs: 3_600_000 });
  const expired = await call(sandbox, 'GET', 'Shop.json');
  expect(expired.status).toBe(401);
  expect(expired.body).toMatchObject({ error: 'access_denied', hint: 'Access token could not be verified' });
  expect(expired.headers.get('x-ls-api-bucket-level')).toBeNull();
  await control(sandbox, 'PUT', 'switches', { 'auth-401': 'old' });
  expect((await call(sandbox, 'GET', 'Shop.json')).body).toMatchObject({
    httpCode: '401',
    errorClass: 'BadAuthenticationRequestError',
  });
});

test('a non-admin can sign in, and the session lacks the admin right', async () => {
  const sandbox = await openSandbox();
  const session = `${sandbox.apiUrl}/Session.json`;
  expect((await call(sandbox, 'GET', session)).body.Rights.admin).toBe('true');
  const manager = await call(sandbox, 'GET', session, undefined, sandbox.nonAdminAccessToken);
  expect(manager.body.employeeID).toBe('2');
  expect(manager.body.Rights.admin).toBeUndefined();
  await control(sandbox, 'PATCH', `accounts/${sandbox.accountId}/employees/2`, { admin: true });
  expect((await call(sandbox, 'GET', session, undefined, sandbox.nonAdminAccessToken)).body.Rights.admin).toBe('true');
});

test('an old refresh token works until the new access token is used', async () => {
  const sandbox = await openSandbox();
  const refresh = (refresh_token: string) => token(sandbox, { grant_type: 'refresh_token', refresh_token });
  const lost = await refresh(sandbox.refreshToken);
  const kept = await refresh(sandbox.refreshToken);
  expect([lost.status, kept.status]).toEqual([200, 200]);
  await call(sandbox, 'GET', 'Shop.json', undefined, kept.body.access_token);
  expect((await refresh(sandbox.refreshToken)).body.error).toBe('invalid_grant');
  expect((await refresh(kept.body.refresh_token)).status).toBe(200);
});

test('an old refresh token is retried five times a minute, not more', async () => {
  const sandbox = await openSandbox();
  const statuses: number[] = [];
  for (let retry = 0; retry < 7; retry += 1) {
    statuses.push((await token(sandbox, { grant_type: 'refresh_token', refresh_token: sandbox.refreshToken })).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
  await control(sandbox, 'POST', 'clock', { advanceMs: 61_000 });
  expect((await token(sandbox, { grant_type: 'refresh_token', refresh_token: sandbox.refreshToken })).status).toBe(200);
});

test('the five retries a minute are those of the connection, whichever of its old tokens is retried', async () => {
  const sandbox = await openSandbox();
  const refresh = (refresh_token: string) => token(sandbox, { grant_type: 'refresh_token', refresh_token });
  const second = await refresh(sandbox.refreshToken);
  const third = await refresh(second.body.refresh_token);
  const statuses: number[] = [];
  for (let retry = 0; retry < 3; retry += 1) statuses.push((await refresh(sandbox.refreshToken)).status);
  for (let retry = 0; retry < 3; retry += 1) statuses.push((await refresh(second.body.refresh_token)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  expect((await refresh(third.body.refresh_token)).status).toBe(200); // its first use is no retry
});

test('with revocation at once, the old pair is dead after the refresh', async () => {
  const sandbox = await openSandbox({ switches: { 'refresh-revocation': 'at-once' } });
  const first = await token(sandbox, { grant_type: 'refresh_token', refresh_token: sandbox.refreshToken });
  expect(first.status).toBe(200);
  expect((await token(sandbox, { grant_type: 'refresh_token', refresh_token: sandbox.refreshToken })).body.error).toBe(
    'invalid_grant',
  );
  expect((await call(sandbox, 'GET', 'Shop.json')).body.hint).toBe('Access token has been revoked');
  expect((await call(sandbox, 'GET', 'Shop.json', undefined, first.body.access_token)).status).toBe(200);
});

test('an unused refresh token dies after 30 days', async () => {
  const sandbox = await openSandbox();
  await control(sandbox, 'POST', 'clock', { advanceMs: 30 * 24 * 3_600_000 + 1_000 });
  expect((await token(sandbox, { grant_type: 'refresh_token', refresh_token: sandbox.refreshToken })).body.error).toBe(
    'invalid_grant',
  );
});

test('tokens die with a lock-out and with a revocation', async () => {
  const sandbox = await openSandbox();
  await control(sandbox, 'PATCH', `accounts/${sandbox.accountId}/employees/2`, { lockOut: true });
  expect((await call(sandbox, 'GET', 'Shop.json', undefined, sandbox.nonAdminAccessToken)).status).toBe(401);
  const { clientId: client_id, clientSecret: client_secret, refreshToken: refresh_token } = sandbox;
  const revoked = await fetch(`${sandbox.authUrl}/revoke`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id, client_secret, refresh_token }),
  });
  expect(revoked.status).toBe(200);
  expect((await call(sandbox, 'GET', 'Shop.json')).status).toBe(401);
  expect((await token(sandbox, { grant_type: 'refresh_token', refresh_token })).body.error).toBe('invalid_grant');
});

test("a locked employee's tokens are refreshed in one position of the switch only, and allow nothing in either", async () => {
  for (const [position, status] of [
    ['refused', 400],
    ['granted', 200],
  ] as const) {
    const sandbox = await openSandbox({ switches: { 'barred-refresh': position } });
    await control(sandbox, 'PATCH', `accounts/${sandbox.accountId}/employees/1`, { lockOut: true });
    const pair = await token(sandbox, { grant_type: 'refresh_token', refresh_token: sandbox.refreshToken });
    expect(pair.status).toBe(status);
    const bearer = position === 'granted' ? pair.body.access_token : sandbox.accessToken;
    expect((await call(sandbox, 'GET', 'Shop.json', undefined, bearer)).status).toBe(401);
  }
});

test('the token endpoint reads JSON, forms and multipart, and its keys are published', async () => {
  const sandbox = await openSandbox();
  const fields = {
    grant_type: 'refresh_token',
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
    refresh_token: sandbox.refreshToken,
  };
  const multipart = new FormData();
  for (const [name, value] of Object.entries(fields)) multipart.set(name, value);
  const bodies = [
    { body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } },
    { body: new URLSearchParams(fields) },
    { body: multipart },
  ];
  for (const body of bodies)
    expect((await fetch(`${sandbox.authUrl}/token`, { method: 'POST', ...body })).status).toBe(200);
  const { keys } = (await (await fetch(`${sandbox.origin}/.well-known/jwks`)).json()) as { keys: { kid: string }[] };
  const header = JSON.parse(Buffer.from(sandbox.accessToken.split('.')[0]!, 'base64url').toString());
  expect(keys.map(({ kid }) => kid)).toContain(header.kid);
});

test('a scope that was not granted is a 403', async () => {
  const sandbox = await openSandbox();
  const back = await signIn(sandbox, 1, { scope: 'employee:inventory_read' });
  const pair = await token(sandbox, { grant_type: 'authorization_code', code: back.get('code')! });
  expect((await call(sandbox, 'GET', 'Item.json?limit=1', undefined, pair.body.access_token)).status).toBe(200);
  expect((await call(sandbox, 'GET', 'Sale.json', undefined, pair.body.access_token)).status).toBe(403);
});
