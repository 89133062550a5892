import type { Request } from 'express';
import { Problem } from '../../domain/problem.ts';

/** The version that `If-Match` names; null when there is none, or `*`. @throws Problem `bad-request` */
export function readIfMatch(req: Request): number | null {
  const header = req.get('if-match');
  if (header === undefined || header.trim() === '*') return null;
  const version = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header.trim())?.[1];
  if (version === undefined) {
    throw new Problem('bad-request', 'If-Match must be the ETag of an earlier answer', { field: 'If-Match' });
  }
  return Number(version);
}

/** @throws Problem `bad-request` */
export function readIdempotencyKey(req: Request): string | null {
  const header = req.get('idempotency-key');
  if (header === undefined) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(header)) {
    throw new Problem('bad-request', 'Idempotency-Key must be 1 to 200 printable characters without spaces', {
      field: 'Idempotency-Key',
    });
  }
  return header;
}
