import { Context } from '@temporalio/activity';

const everyMs = 1_000;

/** Shows that the worker lives for as long as the work takes, and takes in a cancellation. */
export async function whileHeartbeating<T>(work: () => Promise<T>): Promise<T> {
  const activity = Context.current();
  const timer = setInterval(() => activity.heartbeat(), everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
