import { Context } from '@temporalio/activity';

const everyMs = 5_000;

/**
 * Heartbeats while a step works or waits, so that a worker that died is noticed in seconds, long before the step may
 * time out, and a cancellation arrives. Nothing is told of progress: that lies in the tables.
 */
export async function keepAlive<T>(step: () => Promise<T>): Promise<T> {
  const activity = Context.current();
  const timer = setInterval(() => activity.heartbeat(), everyMs);
  try {
    return await step();
  } finally {
    clearInterval(timer);
  }
}
