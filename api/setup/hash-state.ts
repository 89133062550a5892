import { createHash } from 'node:crypto';

/** How an attempt's state is stored: who reads the table can't answer for the browser. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('base64url');
}
