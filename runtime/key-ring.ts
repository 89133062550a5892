import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/**
 * AES-256-GCM with named keys. The first key seals; every key opens. `binding` (such as `acme/connections.accessToken`)
 * is authenticated with the text, so that a ciphertext moved to another tenant or column does not open.
 */
export interface KeyRing {
  /** @returns `v1.{keyId}.{iv}.{tag}.{ciphertext}`, base64url parts. */
  seal(plain: string, binding: string): string;
  /** @throws Error when the key is unknown or the text was not sealed with this binding. Never names the plain text. */
  open(sealed: string, binding: string): string;
  /**
   * A keyed hash: equal input, equal output while the first key stays the first, not to be turned back without it.
   * @returns `{keyId}.{hash}`
   */
  fingerprint(value: string, binding: string): string;
  /** The first seals. */
  keyIds: readonly [string, ...string[]];
}

/** What a sealed text looks like in PostgreSQL's regular expressions; its second part is the key's id. */
export const sealedPattern = '^v1\\.[A-Za-z0-9-]+\\.[A-Za-z0-9_-]{16}\\.[A-Za-z0-9_-]{22}\\.';

/** Which key a sealed text needs. */
export function keyIdOf(sealed: string): string {
  return sealed.split('.')[1] ?? '';
}

interface NamedKey {
  id: string;
  key: Buffer;
}

/**
 * @param spec `id:base64,older:base64`, each key 32 bytes; the first is current.
 * @throws Error naming the entry at fault, never its key.
 */
export function createKeyRing(spec: string): KeyRing {
  const keys = spec.split(',').map(parseKey);
  const current = keys[0];
  if (!current) throw new Error('SECRET_KEYS needs at least one key, as id:base64');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new Error('SECRET_KEYS names two keys alike');
  const named = (id: string): NamedKey => {
    const found = keys.find((key) => key.id === id);
    if (!found) throw new Error(`secret was sealed with key "${id}", which SECRET_KEYS doesn't hold`);
    return found;
  };
  return {
    seal(plain, binding) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', current.key, iv).setAAD(Buffer.from(binding));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return [
        'v1',
        current.id,
        iv.toString('base64url'),
        cipher.getAuthTag().toString('base64url'),
        body.toString('base64url'),
      ].join('.');
    },
    open(sealed, binding) {
      const [version, , iv = '', tag = '', body = ''] = sealed.split('.');
      if (version !== 'v1') throw new Error('secret has an unknown format');
      const decipher = createDecipheriv('aes-256-gcm', named(keyIdOf(sealed)).key, Buffer.from(iv, 'base64url'))
        .setAAD(Buffer.from(binding))
        .setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
    },
    fingerprint: (value, binding) =>
      `${current.id}.${createHmac('sha256', current.key).update(`${binding}\0${value}`).digest('base64url')}`,
    keyIds: [current.id, ...keys.slice(1).map(({ id }) => id)],
  };
}

function parseKey(entry: string, index: number): NamedKey {
  const [id, encoded = ''] = entry.trim().split(':');
  const key = Buffer.from(encoded, 'base64');
  if (!id || !/^[A-Za-z0-9-]+$/.test(id) || key.length !== 32) {
    throw new Error(`SECRET_KEYS, entry ${index + 1}: expected id:base64 of 32 bytes`);
  }
  return { id, key };
}
