import type { KeyObject } from 'node:crypto';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { OAuthTables } from './oauth-tables.ts';

/** The key pair of an authorization server. */
export type SigningKey = { privateKey: KeyObject; kid: string; jwks: { keys: Record<string, unknown>[] } };

/** The stored key, or a new one that is stored. */
export function openSigningKey({ keys }: OAuthTables): SigningKey {
  const stored = keys.get(1) ?? keys.insert({ privatePem: newPem() });
  const privateKey = createPrivateKey(stored.privatePem);
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('hex').slice(0, 32);
  return { privateKey, kid, jwks: { keys: [{ ...jwk, kid, use: 'sig', alg: 'RS256' }] } };
}

/** A JWT signed by RS256. */
export function signToken({ privateKey, kid }: SigningKey, claims: Record<string, unknown>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ typ: 'JWT', alg: 'RS256', kid })}.${part(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

function newPem(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ format: 'pem', type: 'pkcs8' })
    .toString();
}
