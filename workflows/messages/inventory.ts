import { defineSignal } from '@temporalio/workflow';
import type { RunTrigger } from '../../domain/inventory/run-state.ts';

export const inventorySyncWorkflow = 'inventorySync';
export const fullPullWorkflow = 'fullPull';
export const saleBoundaryWorkflow = 'saleBoundary';

/** The Schedule, and the prefix of the runs it starts. */
export const inventorySyncScheduleId = (tenant: string) => `inventory-sync/${tenant}`;
export const fullPullWorkflowId = (tenant: string) => `full-pull/${tenant}`;
export const fullPullScheduleId = (tenant: string) => `full-pull/${tenant}`;
export const saleBoundaryWorkflowId = (tenant: string) => `boundary/${tenant}`;

/** `deadlineMs`: the run records a failure and ends when it has taken this long. */
export interface InventorySyncInput {
  tenant: string;
  trigger: RunTrigger;
  deadlineMs: number;
}

export interface FullPullInput {
  tenant: string;
  trigger: RunTrigger;
}

export interface SaleBoundaryInput {
  tenant: string;
}

/** Sale dates, mappings or prices may have changed: look for the next boundary again. */
export const boundaryChanged = defineSignal('boundary-changed');
