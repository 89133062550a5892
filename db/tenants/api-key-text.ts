import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../../domain/tenants/role.ts';

/** A new key: 256 random bits, with a prefix that tells people and secret scanners what it is. */
export function createApiKeyText(role: Role): string {
  return `tb_${role}_${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a key. One plain round is enough: 256 random bits can't be guessed from their hash. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
