import { OAuthRefusal } from './oauth-error.ts';
import type { ClientRow, OAuthTables } from './oauth-tables.ts';
import { parseScope } from './scope.ts';

/** A checked request for authorization. The redirect address is the registered one. */
export type AuthorizeRequest = {
  client: ClientRow;
  scope: string;
  state: string;
  challenge: string;
  challengeMethod: string;
};

/** The parameters that the sign-in page carries along. */
export const authorizeFields = [
  'response_type',
  'client_id',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
] as const;

/** @throws OAuthRefusal 400 */
export function readAuthorizeRequest({ clients }: OAuthTables, fields: Record<string, string>): AuthorizeRequest {
  const client = clients.by('clientId', fields['client_id'] ?? '')[0];
  if (!client) throw new OAuthRefusal(400, 'invalid_client', 'Check the `client_id` parameter');
  if (fields['response_type'] !== 'code')
    throw new OAuthRefusal(400, 'invalid_request', 'Check the `response_type` parameter');
  const scope = parseScope(fields['scope'] ?? '');
  if (scope === undefined) throw new OAuthRefusal(400, 'invalid_scope', 'Check the `scope` parameter');
  const challenge = fields['code_challenge'] ?? '';
  const challengeMethod = challenge === '' ? '' : fields['code_challenge_method'] || 'plain';
  if (challenge === '' && client.isPublic)
    throw new OAuthRefusal(400, 'invalid_request', 'Code challenge must be provided for public clients');
  if (
    challenge !== '' &&
    (!['S256', 'plain'].includes(challengeMethod) || !/^[A-Za-z0-9\-._~]{43,128}$/.test(challenge))
  ) {
    throw new OAuthRefusal(400, 'invalid_request', 'Check the `code_challenge` and `code_challenge_method` parameters');
  }
  return { client, scope, state: fields['state'] ?? '', challenge, challengeMethod };
}
