import { z } from 'zod';
import type { HttpAnswer } from './http/http-answer.ts';
import { LightspeedError } from './lightspeed-error.ts';

const vendorError = z.object({ message: z.string() });

/**
 * What an answer that isn't a success means; not for 401 and 429, which the caller handles first.
 * @param asked method and resource, to name the call by.
 * @see lightspeed-r-series.md, "Errors"
 */
export function refusalOf(answer: HttpAnswer, asked: string, isWrite: boolean): LightspeedError {
  const { status } = answer;
  const details = { status, ...vendorWords(answer) };
  const mayHaveActed = status >= 500 || status === 408 || (status === 400 && asksToTryAgain(details.vendorMessage));
  if (mayHaveActed) {
    return isWrite
      ? new LightspeedError('in-doubt', `${asked} was answered with ${status}: it may have been carried out`, details)
      : new LightspeedError('unavailable', `${asked} was answered with ${status}`, details);
  }
  if (status === 403)
    return new LightspeedError('forbidden', `${asked} is not allowed to this connection's user`, details);
  if (status === 404) return new LightspeedError('not-found', `${asked}: there is no such row`, details);
  if (status >= 400) return new LightspeedError('refused', `${asked} was refused (${status})`, details);
  // No redirect is followed: it could lead the token to another host.
  return new LightspeedError(isWrite ? 'in-doubt' : 'malformed', `${asked} was answered with ${status}`, details);
}

/** Some 400s of the vendor are hiccups that say so. */
function asksToTryAgain(message: string | undefined): boolean {
  return message !== undefined && /try again/i.test(message);
}

function vendorWords(answer: HttpAnswer): { vendorMessage?: string } {
  let body: unknown;
  try {
    body = JSON.parse(answer.body);
  } catch {
    return {}; // HTML of a proxy: nothing of the vendor's
  }
  const parsed = vendorError.safeParse(body);
  return parsed.success ? { vendorMessage: parsed.data.message.slice(0, 1_000) } : {};
}
