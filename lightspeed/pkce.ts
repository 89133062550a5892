import { createHash, randomBytes } from 'node:crypto';

/** A fresh verifier of 43 characters, base64url. @see RFC 7636, 4.1 */
export function createVerifier(): string {
  return randomBytes(32).toString('base64url');
}

/** The S256 challenge of a verifier. @see RFC 7636, 4.2 */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url');
}
