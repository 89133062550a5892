import type { Database } from '../../db/database.ts';
import type { ImportSettings, PricingSettings, SyncSettings } from '../../domain/setup/settings.ts';
import type { ReadAccount } from '../../lightspeed/create-read-account.ts';
import type { OAuthClient } from '../../lightspeed/oauth-client.ts';
import type { OpenTill } from '../../lightspeed/till.ts';
import type { KeyRing } from '../../runtime/key-ring.ts';
import type { InventorySchedules } from '../../temporal/inventory-schedules.ts';
import type { Wake } from '../../temporal/wake.ts';
import type { OrderExportChoice, StepTask, StoreChoice } from '../../workflows/messages/setup.ts';
import { applySchedules } from './apply-schedules.ts';
import { completeConnect } from './complete-connect.ts';
import { completeSetup } from './complete-setup.ts';
import { disconnectTenant } from './disconnect-tenant.ts';
import { failConnectAttempt } from './fail-connect-attempt.ts';
import { readSetupState } from './read-setup-state.ts';
import { recordSetupReminder } from './record-setup-reminder.ts';
import { revokeEndedTokens } from './revoke-ended-tokens.ts';
import { saveImportSettings } from './save-import-settings.ts';
import { saveOrderExport } from './save-order-export.ts';
import { savePricing } from './save-pricing.ts';
import { saveStores } from './save-stores.ts';
import { saveSyncSettings } from './save-sync-settings.ts';
import { startFirstPull } from './start-first-pull.ts';
import { startSettingsRun } from './start-settings-run.ts';

/** What the steps of the wizard work with. */
export interface SetupDeps {
  db: Database;
  ring: KeyRing;
  oauth: OAuthClient;
  openTill: OpenTill;
  readAccount: ReadAccount;
  schedules: InventorySchedules;
  wake: Wake;
  /** How long an unpaid order reserves its units. */
  unpaidReservationMs: number;
}

export type SetupActivities = ReturnType<typeof createSetupActivities>;

interface OfTenant {
  tenant: string;
}

export function createSetupActivities(deps: SetupDeps) {
  return {
    readSetupState: (input: OfTenant) => readSetupState(deps.db, input),
    completeConnect: (input: OfTenant & { attemptId: string }) => completeConnect(deps, input),
    failConnectAttempt: (input: OfTenant & { attemptId: string }) => failConnectAttempt(deps, input),
    revokeEndedTokens: (input: OfTenant) => revokeEndedTokens(deps, input),
    saveStores: (task: StepTask<StoreChoice>) => saveStores(deps, task),
    saveImportSettings: (task: StepTask<ImportSettings>) => saveImportSettings(deps, task),
    savePricing: (task: StepTask<PricingSettings>) => savePricing(deps, task),
    saveOrderExport: (task: StepTask<OrderExportChoice>) => saveOrderExport(deps, task),
    saveSyncSettings: (task: StepTask<SyncSettings>) => saveSyncSettings(deps, task),
    completeSetup: (task: StepTask<null>) => completeSetup(deps, task),
    disconnectTenant: (task: StepTask<null>) => disconnectTenant(deps, task),
    applySchedules: (input: OfTenant) => applySchedules(deps, input),
    startFirstPull: (input: OfTenant) => startFirstPull(deps, input),
    startSettingsRun: (input: OfTenant) => startSettingsRun(deps, input),
    recordSetupReminder: (input: OfTenant & { reminder: string }) => recordSetupReminder(deps, input),
  };
}
