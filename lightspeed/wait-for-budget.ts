import { LightspeedError } from './lightspeed-error.ts';
import { pause } from './pause.ts';
import type { RateBudget } from './rate-budget.ts';
import type { Priority } from './till.ts';

/** How long a call waits where it is; what would take longer gives its worker slot back. */
const patienceMs: Record<Priority, number> = { order: 15_000, interactive: 10_000, bulk: 20_000 };

export interface BudgetWait {
  accountId: string;
  costDrips: string;
  priority: Priority;
  signal?: AbortSignal | undefined;
  onProgress?: (() => void) | undefined;
}

/**
 * Waits until the call may be sent, and books its cost.
 * @throws LightspeedError `budget-wait` with the time to come back after, or `aborted`. Neither leaves anything booked.
 */
export async function waitForBudget(
  budget: RateBudget,
  wait: BudgetWait,
): Promise<{ callId: string; waitedMs: number }> {
  const startedAt = performance.now();
  const waitedMs = () => performance.now() - startedAt;
  for (;;) {
    wait.onProgress?.();
    if (wait.signal?.aborted) throw new LightspeedError('aborted', 'The call was given up before it was sent');
    const grant = await budget.acquire(wait.accountId, wait.costDrips, wait.priority);
    if (grant.kind === 'granted') {
      await pause(grant.waitMs, wait).catch(async (error: unknown) => {
        await budget.release(grant.callId);
        throw error;
      });
      return { callId: grant.callId, waitedMs: waitedMs() };
    }
    if (waitedMs() + grant.waitMs > patienceMs[wait.priority]) {
      throw new LightspeedError('budget-wait', "Lightspeed's rate limit leaves no room yet", {
        retryAfterMs: Math.ceil(grant.waitMs),
      });
    }
    await pause(Math.max(grant.waitMs, 20), wait);
  }
}
