/** Setup, orders and events must not wait behind a thousand pulls: they have workers of their own. */
export interface TaskQueues {
  interactive: string;
  bulk: string;
}

export function taskQueues(prefix: string): TaskQueues {
  return { interactive: `${prefix}-interactive`, bulk: `${prefix}-bulk` };
}
