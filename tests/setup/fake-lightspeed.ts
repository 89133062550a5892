import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Someone who can sign in: to which account, as what. */
export interface FakeUser {
  accountId: string;
  firstName: string;
  lastName: string;
  isAdmin: boolean;
  scope?: string;
}

export type FakeLightspeed = Awaited<ReturnType<typeof startFakeLightspeed>>;

interface Grant {
  user: FakeUser;
  challenge: string;
  isUsed: boolean;
}

const allScope = 'employee:all';

/**
 * As much of Lightspeed as the setup meets, for any user of any account, with whatever scope was granted, and breakable
 * at a chosen call. `sign-in-pages.test.ts` walks the same way through the sandbox's pages.
 */
export async function startFakeLightspeed() {
  const grants = new Map<string, Grant>();
  const users = new Map<string, FakeUser>();
  const revoked = new Set<string>();
  const broken = new Set<string>();
  const lists = defaultLists();

  function token(form: URLSearchParams): [number, unknown] {
    const grant = grants.get(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!grant || grant.isUsed || grant.challenge !== challenge) return [400, { error: 'invalid_grant' }];
    grant.isUsed = true;
    const { accountId, scope = allScope } = grant.user;
    const claims = { acct: accountId, sub: '1', scope, exp: Date.now() / 1_000 + 3_600, jti: randomUUID() };
    const accessToken = ['{"alg":"none"}', JSON.stringify(claims), 'x'].map((part) => base64(part)).join('.');
    const refreshToken = `def50-${randomUUID()}`;
    users.set(accessToken, grant.user);
    users.set(refreshToken, grant.user);
    return [200, { token_type: 'Bearer', expires_in: 3_600, access_token: accessToken, refresh_token: refreshToken }];
  }

  function till(path: string, user: FakeUser): [number, unknown] {
    const { accountId, firstName, lastName, isAdmin } = user;
    const attributes = { '@attributes': { next: '', previous: '' } };
    if (path.endsWith('/Session.json')) {
      const rights = { register: 'true', ...(isAdmin ? { admin: 'true' } : {}) };
      return [
        200,
        {
          sessionID: '',
          employeeID: '1',
          systemCustomerID: accountId,
          systemUserID: '9',
          Employee: { employeeID: '1', firstName, lastName },
          Rights: rights,
        },
      ];
    }
    if (path.endsWith('/Account.json')) {
      return [200, { '@attributes': { count: '1' }, Account: { accountID: accountId, name: `Bikes ${accountId}` } }];
    }
    const resource = /\/Account\/(\d+)\/(\w+)\.json$/.exec(path);
    const rows = lists[resource?.[2] ?? ''];
    if (resource?.[1] !== accountId || !rows) return [404, { httpCode: '404', message: 'not found' }];
    return [200, { ...attributes, ...(rows.length > 0 ? { [resource[2]!]: rows.length === 1 ? rows[0] : rows } : {}) }];
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { pathname } = new URL(request.url ?? '/', 'http://fake');
    const form = new URLSearchParams(body);
    const user = users.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    let answer: [number, unknown];
    if ([...broken].some((part) => pathname.includes(part))) answer = [503, { message: 'down' }];
    else if (pathname.endsWith('/token')) answer = token(form);
    else if (pathname.endsWith('/revoke')) {
      revoked.add(form.get('refresh_token') ?? '');
      answer = [200, {}];
    } else answer = user ? till(pathname, user) : [401, { error: 'access_denied' }];
    response.writeHead(answer[0], { 'content-type': 'application/json' }).end(JSON.stringify(answer[1]));
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${url}/API/V3`,
    authUrl: `${url}/auth/oauth`,
    clientId: 'client',
    clientSecret: 'secret',
    lists,
    /** What a browser would come back with: the callback's query. */
    signIn(authorizationUrl: string, user: FakeUser): string {
      const { searchParams } = new URL(authorizationUrl);
      const code = randomUUID();
      grants.set(code, { user, challenge: searchParams.get('code_challenge') ?? '', isUsed: false });
      return new URLSearchParams({ state: searchParams.get('state') ?? '', code }).toString();
    },
    /** Refresh tokens of this user's that were revoked. */
    revokedOf: (user: FakeUser) => [...revoked].filter((refreshToken) => users.get(refreshToken) === user).length,
    /** Answers 503 to every call whose path holds `part`, until mended. */
    break: (part: string) => broken.add(part),
    mend: () => broken.clear(),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function defaultLists(): Record<string, Record<string, unknown>[]> {
  const shop = (shopID: string, name: string, archived = 'false') => ({
    shopID,
    name,
    timeZone: 'US/Eastern',
    archived,
  });
  const employee = (employeeID: string, more = {}) => ({
    employeeID,
    firstName: 'Ada',
    lastName: 'Moss',
    lockOut: 'false',
    archived: 'false',
    limitToShopID: '0',
    ...more,
  });
  const register = (registerID: string, shopID: string, archived = 'false') => ({
    registerID,
    name: `Register ${registerID}`,
    shopID,
    open: 'true',
    archived,
  });
  const level = (priceLevelID: string, name: string, archived = 'false') => ({ priceLevelID, name, archived });
  const paymentType = (paymentTypeID: string, type: string) => ({
    paymentTypeID,
    name: type,
    type,
    archived: 'false',
    requireCustomer: 'false',
  });
  return {
    Shop: [shop('1', 'Harbour'), shop('2', 'Hill'), shop('3', 'Old', 'true')],
    Employee: [employee('2'), employee('3', { lockOut: 'true' }), employee('4', { limitToShopID: '2' })],
    Register: [register('5', '1'), register('6', '2'), register('7', '1', 'true')],
    PriceLevel: [level('1', 'Default'), level('2', 'MSRP'), level('3', 'Online'), level('4', 'Old', 'true')],
    PaymentType: [paymentType('1', 'cash'), paymentType('2', 'gift card'), paymentType('3', 'credit card')],
    TaxCategory: [],
  };
}
