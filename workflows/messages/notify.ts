import { defineSignal } from '@temporalio/workflow';

export const notifyWorkflow = 'notify';
export const notifyWorkflowId = (tenant: string) => `notify/${tenant}`;

export const sweepWorkflow = 'sweep';
/** One Schedule for the installation. Two installations on one cluster differ by task queue. */
export const sweepScheduleId = (taskQueue: string) => `sweep/${taskQueue}`;

export interface NotifyInput {
  tenant: string;
}

/** The outbox has grown. */
export const outboxChanged = defineSignal('outbox-changed');
