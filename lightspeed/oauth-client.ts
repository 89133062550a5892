import { z } from 'zod';
import type { Exchange } from './http/create-exchange.ts';
import type { HttpAnswer } from './http/http-answer.ts';
import { parseJson } from './http/parse-json.ts';
import { LightspeedError } from './lightspeed-error.ts';
import { readTokenClaims } from './token-claims.ts';

/** A pair as the token endpoint gives it. Store it before its first use: that use kills the older refresh token. */
export interface TokenPair {
  accessToken: string;
  refreshToken: string;
  expiresInMs: number;
  accountId: string;
  userId: string;
  scopes: string[];
}

export interface OAuthClient {
  /** Where to send the browser. No redirect address goes along: the vendor uses the registered one. */
  authorizationUrl(attempt: { state: string; codeChallenge: string }): string;
  /** @throws LightspeedError `invalid-grant`: the code is older than a minute, used, or not ours. */
  exchangeCode(grant: { code: string; verifier: string }): Promise<TokenPair>;
  /** @throws LightspeedError `invalid-grant`: the refresh token is dead. */
  refresh(refreshToken: string): Promise<TokenPair>;
  /** Kills both tokens of the pair. A pair that is dead already counts as done. */
  revoke(refreshToken: string): Promise<void>;
}

export interface OAuthClientOptions {
  /** For example `https://cloud.lightspeedapp.com/auth/oauth`. */
  authUrl: string;
  clientId: string;
  clientSecret: string;
  exchange: Exchange;
  scopes?: readonly string[];
}

/** What Tillbridge needs: sales and customers to write, items and stock to read, Session's rights, tax categories. */
export const requestedScopes = [
  'employee:register',
  'employee:inventory_read',
  'employee:customers',
  'employee:admin_shops',
  'employee:admin_employees',
] as const;

const pairAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
});

const refusalAnswer = z.object({ error: z.string(), hint: z.string().optional() });

/**
 * Lightspeed's authorization server (since 2024-07-31). Bodies are form-encoded and a refresh names no scope: JSON with
 * a scope has been answered with `invalid_grant`.
 * @see lightspeed-r-series.md, "OAuth2"
 */
export function createOAuthClient(options: OAuthClientOptions): OAuthClient {
  const { authUrl, clientId, clientSecret, exchange } = options;
  const post = (path: string, fields: Record<string, string>): Promise<HttpAnswer> =>
    exchange({
      method: 'POST',
      url: `${authUrl}/${path}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields }).toString(),
      // A repeated exchange of a code or refresh token writes nothing of the retailer's: never in doubt.
      isWrite: false,
    });
  return {
    authorizationUrl({ state, codeChallenge }) {
      const url = new URL(`${authUrl}/authorize`);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        scope: (options.scopes ?? requestedScopes).join(' '),
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      }).toString();
      return url.toString();
    },
    async exchangeCode({ code, verifier }) {
      return readPair(await post('token', { grant_type: 'authorization_code', code, code_verifier: verifier }));
    },
    async refresh(refreshToken) {
      return readPair(await post('token', { grant_type: 'refresh_token', refresh_token: refreshToken }));
    },
    async revoke(refreshToken) {
      const answer = await post('revoke', { refresh_token: refreshToken });
      if (answer.status < 400) return;
      const refusal = refusalOf(answer);
      if (refusal.kind !== 'invalid-grant') throw refusal;
    },
  };
}

function readPair(answer: HttpAnswer): TokenPair {
  if (answer.status >= 400) throw refusalOf(answer);
  const parsed = pairAnswer.safeParse(parseJson(answer, 'token'));
  if (!parsed.success) throw new LightspeedError('malformed', 'The token endpoint gave no pair of tokens');
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresIn } = parsed.data;
  const { accountId, userId, scopes } = readTokenClaims(accessToken);
  return { accessToken, refreshToken, expiresInMs: expiresIn * 1_000, accountId, userId, scopes };
}

function refusalOf(answer: HttpAnswer): LightspeedError {
  const { status } = answer;
  if (status === 429) {
    return new LightspeedError('rate-limited', 'The authorization server asks to slow down', {
      status,
      retryAfterMs: answer.retryAfterMs ?? 12_000,
    });
  }
  if (status >= 500)
    return new LightspeedError('unavailable', `The authorization server answered ${status}`, { status });
  const parsed = refusalAnswer.safeParse(parseJson(answer, 'OAuth'));
  const code = parsed.success ? parsed.data.error : 'no code';
  const details = { status, ...(parsed.success && parsed.data.hint ? { vendorMessage: parsed.data.hint } : {}) };
  if (code === 'invalid_grant')
    return new LightspeedError('invalid-grant', 'The code or token is no longer good', details);
  return new LightspeedError(
    'client-refused',
    `The authorization server refused our client: ${safeCode(code)}`,
    details,
  );
}

/** An OAuth error code has letters and underscores only; whatever else came isn't repeated. */
function safeCode(code: string): string {
  return /^[a-z_]{1,40}$/.test(code) ? code : 'unknown error';
}
