import { defineUpdate } from '@temporalio/workflow';
import type {
  ActiveOrderExportSettings,
  ImportSettings,
  PricingSettings,
  SyncSettings,
} from '../../domain/setup/settings.ts';

export const setupWorkflow = 'setup';
export const setupWorkflowId = (tenant: string) => `setup/${tenant}`;

export const connectionHealthWorkflow = 'connectionHealth';
export const connectionHealthWorkflowId = (tenant: string) => `connection-health/${tenant}`;

export interface ConnectionHealthInput {
  tenant: string;
}

/** Durations in ms, both counted from the run's start. */
export interface SetupInput {
  tenant: string;
  reminderDelaysMs: number[];
  lifetimeMs: number;
}

/** One step of the wizard: who asks, on which version of the setup (`If-Match`; null: on any), and the choice. */
export interface StepRequest<Choice> {
  keyId: string | null;
  ifMatch: number | null;
  choice: Choice;
}

/** A step as its activity gets it. `requestId` is the Update's: a repeated activity finds its first result by it. */
export interface StepTask<Choice> extends StepRequest<Choice> {
  tenant: string;
  requestId: string;
}

/** The setup's version after the step, what the admin should know although it was accepted, and what it sets off. */
export interface StepResult {
  version: number;
  warnings: string[];
  effects: string[];
}

export interface StoreChoice {
  /** Which shop feeds which location. Names are read from Lightspeed. */
  stores: { shopId: string; locationId: string }[];
}

/** As the admin chooses it: each register's shop is read from Lightspeed. */
export type OrderExportChoice =
  | { mode: 'off' }
  | (Omit<ActiveOrderExportSettings, 'shopId' | 'registerByLocation'> & {
      registerByLocation: Record<string, string>;
      /** Orders placed before this moment (ISO 8601) stay unexported; null: from when export is turned on. */
      exportFrom: string | null;
    });

/** The outcome of an attempt, without the user's name: that is in the attempt's row. */
export type ConnectOutcome = { kind: 'connected'; accountId: string } | { kind: 'refused'; code: string };

export const connectUpdate = defineUpdate<ConnectOutcome, [{ attemptId: string }]>('connect');
export const storesUpdate = defineUpdate<StepResult, [StepRequest<StoreChoice>]>('stores');
export const importSettingsUpdate = defineUpdate<StepResult, [StepRequest<ImportSettings>]>('import-settings');
export const pricingUpdate = defineUpdate<StepResult, [StepRequest<PricingSettings>]>('pricing');
export const orderExportUpdate = defineUpdate<StepResult, [StepRequest<OrderExportChoice>]>('order-export');
export const syncSettingsUpdate = defineUpdate<StepResult, [StepRequest<SyncSettings>]>('sync-settings');
export const completeUpdate = defineUpdate<StepResult, [StepRequest<null>]>('complete');
export const disconnectUpdate = defineUpdate<StepResult, [StepRequest<null>]>('disconnect');
