import { z } from 'zod';
import { Problem, problemStatus } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { completeSignIn } from './complete-sign-in.ts';
import { signInPage, signInPageHeaders } from './sign-in-page.ts';

export const getOauthCallbackEndpoint = endpoint({
  method: 'get',
  path: '/oauth/callback',
  roles: [],
  summary: 'Where Lightspeed sends the browser back after a sign-in',
  description:
    'Register this address with Lightspeed. Answers a browser with a page, an API client with JSON. No key is needed; a ' +
    'key that comes along must be of the tenant that began the sign-in.',
  // Loose: the vendor may send more than it documents.
  query: z.looseObject({
    state: z.string().max(500).default(''),
    code: z.string().min(1).max(10_000).optional(),
    error: z.string().max(200).optional(),
  }),
  success: {
    status: 200,
    body: z.object({ tenant: z.string(), accountId: z.string(), accountName: z.string() }).meta({ id: 'Connected' }),
  },
  problems: [
    'user-denied',
    'state-unknown',
    'state-used',
    'state-expired',
    'state-of-other-tenant',
    'code-expired',
    'not-admin',
    'scope-missing',
    'account-mismatch',
    'account-connected-elsewhere',
    'lightspeed-down',
    'unavailable',
  ],
  async handle({ query, wantsHtml, caller }, parts) {
    try {
      const connected = await completeSignIn(parts, query, caller?.tenant ?? null);
      if (!wantsHtml) return { body: connected, headers: { 'cache-control': 'no-store' } };
      const lines = [`"${connected.accountName}" is connected. You can close this page and go on with the setup.`];
      return { ...page(signInPage({ title: 'Lightspeed is connected', lines })), status: 200 };
    } catch (error) {
      if (!wantsHtml || !Problem.is(error)) throw error;
      const lines = [error.message, ...(error.remedy === undefined ? [] : [error.remedy])];
      return {
        ...page(signInPage({ title: 'Lightspeed is not connected', lines })),
        status: problemStatus[error.code],
      };
    }
  },
});

/** A page is sent as it is, past the contract of the JSON answer. */
function page(html: string): { body: never; headers: Record<string, string> } {
  return { body: html as never, headers: signInPageHeaders };
}
