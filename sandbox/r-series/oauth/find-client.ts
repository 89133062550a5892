import { timingSafeEqual } from 'node:crypto';
import { OAuthRefusal } from './oauth-error.ts';
import type { ClientRow, OAuthTables } from './oauth-tables.ts';

/** The client of a token call by id and secret; a public one may leave its secret out. @throws OAuthRefusal 401 */
export function authenticatedClient({ clients }: OAuthTables, fields: Record<string, string>): ClientRow {
  const { client_id: clientId, client_secret: secret } = fields;
  if (!clientId) throw new OAuthRefusal(400, 'invalid_request', 'Check the `client_id` parameter');
  const client = clients.by('clientId', clientId)[0];
  if (!client) throw new OAuthRefusal(401, 'invalid_client');
  if (client.isPublic && secret === undefined) return client;
  if (!isSame(client.clientSecret, secret ?? '')) throw new OAuthRefusal(401, 'invalid_client');
  return client;
}

function isSame(wanted: string, given: string): boolean {
  const [a, b] = [Buffer.from(wanted), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
