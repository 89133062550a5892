import { Problem } from '../../domain/problem.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';

/** Why a live read gave nothing, in plain words. @throws what is no failure of the till. */
export function whyNotLive(error: unknown): string {
  if (Problem.is(error)) return noAnswer;
  if (!LightspeedError.is(error)) throw error;
  const { kind, status } = error;
  if (kind === 'budget-wait' || kind === 'rate-limited') return "Lightspeed's rate limit leaves no room";
  if (kind === 'aborted' || (kind === 'unavailable' && status === null)) return noAnswer;
  if (kind === 'not-connected' || kind === 'connection-lost') return 'Lightspeed is not connected';
  return 'The till does not answer as it should';
}

const noAnswer = 'The till does not answer in time';
