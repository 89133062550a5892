import { proxyActivities } from '@temporalio/workflow';
import type { SweepActivities } from '../../activities/notify/sweep.ts';

const { signalOverdueFacts } = proxyActivities<SweepActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '30 seconds',
  // The next sweep is the retry.
  retry: { maximumAttempts: 1 },
});

/** Started by one Schedule for the installation: signals what was committed and, by a crash, not signalled. */
export async function sweep(): Promise<void> {
  await signalOverdueFacts();
}
