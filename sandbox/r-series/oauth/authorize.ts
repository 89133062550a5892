import { randomBytes } from 'node:crypto';
import type { Answer } from '../http/answer.ts';
import type { Incoming } from '../http/incoming.ts';
import type { World } from '../world.ts';
import { readAuthorizeRequest } from './authorize-request.ts';
import { OAuthRefusal } from './oauth-error.ts';
import { requestFields } from './request-fields.ts';
import type { SignedIn } from './sign-in-page.ts';
import { signInPage } from './sign-in-page.ts';

const codeLifeSeconds = 60;

/** GET shows the sign-in page; POST is the decision made on it, and leads back to the client. @throws OAuthRefusal */
export function authorize(world: World, incoming: Incoming): Answer {
  const fields = requestFields(incoming);
  const request = readAuthorizeRequest(world.oauth, fields);
  const known = readCookie(incoming.headers.cookie ?? '');
  if (incoming.method === 'GET') {
    return {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      text: signInPage(world, request, fields, known),
    };
  }
  if (incoming.method !== 'POST') throw new OAuthRefusal(405, 'invalid_request', 'Use GET or POST');
  const back = new URL(request.client.redirectUri);
  if (request.state !== '') back.searchParams.set('state', request.state);
  const redirect = (): Answer => ({ status: 302, headers: { location: back.toString() }, text: '' });
  if (fields['decision'] !== 'approve') {
    back.searchParams.set('error', 'access_denied');
    return redirect();
  }
  const signedIn = signIn(world, fields, known);
  const grant = world.oauth.grants.insert({
    clientNumber: request.client.clientNumber,
    accountID: signedIn.account,
    employeeID: signedIn.employeeID,
    scope: request.scope,
  });
  const code = `def502${randomBytes(48).toString('hex')}`;
  const { challenge, challengeMethod } = request;
  world.oauth.codes.insert({
    code,
    grantID: grant.grantID,
    challenge,
    challengeMethod,
    expiresAt: world.clock.now() + codeLifeSeconds,
  });
  back.searchParams.set('code', code);
  const answer = redirect();
  answer.headers['set-cookie'] =
    `sandbox_user=${signedIn.account}.${signedIn.employeeID}; Path=/auth; HttpOnly; SameSite=Lax`;
  return answer;
}

/** The employee named in the form, or the one of the cookie. @throws OAuthRefusal 400 for one who cannot sign in */
function signIn({ accounts }: World, fields: Record<string, string>, known: SignedIn | undefined): SignedIn {
  const account = Number(fields['accountId'] ?? known?.account);
  const employeeID = Number(fields['employeeId'] ?? known?.employeeID);
  const employee = accounts.get(account)?.employees.get(employeeID);
  if (!employee || employee.archived || employee.lockOut) {
    throw new OAuthRefusal(
      400,
      'access_denied',
      'Name an account and one of its employees who is not locked out, by accountId and employeeId',
    );
  }
  return { account, employeeID };
}

function readCookie(header: string): SignedIn | undefined {
  const found = /(?:^|;\s*)sandbox_user=(\d+)\.(\d+)/.exec(header);
  return found ? { account: Number(found[1]), employeeID: Number(found[2]) } : undefined;
}
