import { Problem } from '../../domain/problem.ts';
import type { SafeError } from '../../runtime/safe-error.ts';
import { safeError } from '../../runtime/safe-error.ts';

/** What Node, postgres.js and PostgreSQL say when the database can't be reached, is starting, stopping or full. */
const outages = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  '53300',
  '57P01',
  '57P02',
  '57P03',
]);

/** An outage of the database, which passes: the caller may simply try again. */
export function problemOfOutage(error: unknown): Problem | null {
  for (let one: SafeError | undefined = safeError(error); one; one = one.cause) {
    if (one.code !== undefined && outages.has(one.code)) {
      return new Problem('unavailable', 'A part of the service is away', { remedy: 'Try again as Retry-After says' });
    }
  }
  return null;
}
