import { Problem } from '../../domain/problem.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';

/** What a caller is told when a live read from Lightspeed fails. The vendor's own words aren't for callers. */
export function problemOfTill(error: unknown): Problem | null {
  if (!LightspeedError.is(error)) return null;
  if (error.kind === 'not-connected') {
    return new Problem('not-connected', 'Lightspeed is not connected', { remedy: 'Connect it in the setup first' });
  }
  if (error.kind === 'connection-lost' || error.kind === 'unauthorised' || error.kind === 'invalid-grant') {
    return new Problem('connection-lost', 'Lightspeed no longer accepts the connection', {
      remedy: 'Connect Lightspeed again in the setup',
    });
  }
  return new Problem('lightspeed-down', 'Lightspeed does not answer as it should', {
    remedy: 'Try again in a minute',
  });
}
