import { defineSignal } from '@temporalio/workflow';
import { saleBoundaryWorkflow } from './inventory.ts';
import { notifyWorkflow } from './notify.ts';
import { orderExportWorkflow, orderRefundWorkflow } from './orders.ts';
import { setupWorkflow } from './setup.ts';

/**
 * Go on as a new run as soon as that is safe. Its history is then sealed with the key that is current now, so that an
 * older one need not be kept for as long as a run may wait.
 */
export const renewal = defineSignal('renewal');

/** Workflows that may wait for days, and heed `renewal`. All others end within hours by themselves. */
export const renewableWorkflows: readonly string[] = [
  orderExportWorkflow,
  orderRefundWorkflow,
  saleBoundaryWorkflow,
  notifyWorkflow,
  setupWorkflow,
];
