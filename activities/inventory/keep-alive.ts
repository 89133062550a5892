import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';

const everyMs = 5_000;

/** What can't be read once may be a hiccup; what can't be read so often ends the run, and a person sees why. */
const unreadableAttempts = 5;

/**
 * Heartbeats while a step works or waits, so that a worker that died is noticed in seconds, long before the step may
 * time out, and a cancellation arrives. Nothing is told of progress: that lies in the tables.
 * @throws ApplicationFailure that isn't retried, when the till's answer could not be read time and again.
 */
export async function keepAlive<T>(step: () => Promise<T>): Promise<T> {
  const activity = Context.current();
  const timer = setInterval(() => activity.heartbeat(), everyMs);
  try {
    return await step();
  } catch (error) {
    if (LightspeedError.is(error, 'malformed') && activity.info.attempt >= unreadableAttempts) {
      throw ApplicationFailure.nonRetryable(error.message, error.kind);
    }
    throw error;
  } finally {
    clearInterval(timer);
  }
}
