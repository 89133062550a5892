import type { Client } from '@temporalio/client';
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { sweepScheduleId, sweepWorkflow } from '../workflows/messages/notify.ts';
import { taskQueues } from './task-queues.ts';

/** Sees to it that the sweep runs every so often: made at the first start, kept in step with the setting later. */
export async function ensureSweepSchedule(client: Client, taskQueue: string, everyMs: number): Promise<void> {
  const scheduleId = sweepScheduleId(taskQueue);
  const definition = {
    spec: { intervals: [{ every: everyMs }] },
    action: {
      type: 'startWorkflow' as const,
      workflowType: sweepWorkflow,
      workflowId: scheduleId,
      taskQueue: taskQueues(taskQueue).interactive,
      args: [],
      staticSummary: 'Signals again what was committed and not signalled',
      workflowExecutionTimeout: '5 minutes' as const,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: everyMs },
  };
  try {
    await client.schedule.create({ scheduleId, ...definition });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const handle = client.schedule.getHandle(scheduleId);
    const { spec } = await handle.describe();
    // Only a change is written: processes that start together must not meet in an update.
    if (spec.intervals?.[0]?.every === everyMs) return;
    await handle.update((found) => ({ ...definition, state: found.state }));
  }
}
