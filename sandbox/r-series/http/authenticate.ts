import { scopeAllows } from '../oauth/scope.ts';
import { accessRefusal, noteUse } from '../oauth/tokens.ts';
import { currentRights } from '../resources/employee-role.ts';
import type { Call } from '../resources/resource.ts';
import type { World } from '../world.ts';
import type { Answer } from './answer.ts';
import { jsonAnswer } from './answer.ts';
import type { Incoming } from './incoming.ts';

/** Who calls: their client, and the call as the resources see it. */
export type Caller = { kind: 'caller'; clientId: string; bucketKey: string; call: Call };

/** Takes the access token apart. A locked or archived employee's tokens are dead; without rights nothing is allowed. */
export function authenticate(world: World, incoming: Incoming): Caller | { kind: 'refused'; answer: Answer } {
  const { oauth, accounts, clock, switches } = world;
  const token = /^Bearer\s+(\S+)$/i.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
  const access = oauth.accessTokens.by('token', token)[0];
  const hint = accessRefusal(world, access);
  const grant = access && oauth.grants.get(access.grantID);
  const books = grant && accounts.get(grant.accountID);
  const employee = books?.employees.get(grant?.employeeID ?? 0);
  if (hint !== undefined || !access || !grant || !books || !employee || employee.lockOut || employee.archived) {
    return {
      kind: 'refused',
      answer: unauthorized(world, hint ?? 'Access token has been revoked', grant?.accountID ?? 0),
    };
  }
  noteUse(world, access);
  const client = oauth.clients.need(grant.clientNumber);
  const can = (right: string): boolean =>
    scopeAllows(grant.scope, right) && currentRights(books, employee).includes(right);
  return {
    kind: 'caller',
    clientId: client.clientId,
    bucketKey: `${grant.accountID}/${client.clientId}`,
    call: { books, clock, switches, employeeID: employee.employeeID, can },
  };
}

/** Both documented shapes of the 401. */
function unauthorized({ switches }: World, hint: string, account: number): Answer {
  if (switches.get('auth-401', account) === 'new') {
    const description = 'The resource owner or authorization server denied the request.';
    return jsonAnswer(401, { error: 'access_denied', error_description: description, hint });
  }
  return jsonAnswer(
    401,
    {
      httpCode: '401',
      httpMessage: 'Unauthorized',
      message: 'Invalid username/password or API key.',
      errorClass: 'BadAuthenticationRequestError',
    },
    { 'www-authenticate': 'Basic realm="MerchantOS API"' },
  );
}
