import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  currentUpdateInfo,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { SetupState } from '../../activities/setup/read-setup-state.ts';
import type { SetupActivities } from '../../activities/setup/setup.ts';
import type { ImportSettings, PricingSettings, SyncSettings } from '../../domain/setup/settings.ts';
import { renewal } from '../messages/renewal.ts';
import type {
  OrderExportChoice,
  SetupInput,
  StepRequest,
  StepResult,
  StepTask,
  StoreChoice,
} from '../messages/setup.ts';
import {
  completeUpdate,
  connectUpdate,
  disconnectUpdate,
  importSettingsUpdate,
  orderExportUpdate,
  pricingUpdate,
  storesUpdate,
  syncSettingsUpdate,
} from '../messages/setup.ts';
import { stage } from '../messages/stage.ts';
import { createRounds } from './create-rounds.ts';
import { createTurns } from './create-turns.ts';

const rows = proxyLocalActivities<SetupActivities>({ startToCloseTimeout: '10s' });
/** A save that fails again and again must let the next in line have its turn. */
const saves = proxyLocalActivities<SetupActivities>({ startToCloseTimeout: '10s', retry: { maximumAttempts: 4 } });
/** An admin waits for the answer: a Lightspeed that is down is told, not waited for. */
const till = proxyActivities<SetupActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '500ms', maximumAttempts: 2 },
});
const effects = proxyActivities<SetupActivities>({ startToCloseTimeout: '30s', retry: { maximumInterval: '1m' } });
/** Tokens that we no longer use: worth a day's tries, not a run that never ends. */
const farewell = proxyActivities<SetupActivities>({ startToCloseTimeout: '60s', scheduleToCloseTimeout: '1 day' });

/**
 * The wizard of one tenant (R1–R7, R27). Each step is an Update; what is collected lies in PostgreSQL, so that a run
 * may end at any time and the next call goes on. Steps are saved one at a time, in the order in which
 * they came; what follows from one in Temporal doesn't hold up the next.
 */
export async function setup(input: SetupInput): Promise<void> {
  const { tenant } = input;
  const startedAt = Date.now();
  const inTurn = createTurns();
  /** Null until it is read. */
  const known: { state: SetupState | null } = { state: null };
  let farewells = 0;
  let isAged = false;

  const readState = async () => {
    known.state = await rows.readSetupState({ tenant });
    setCurrentDetails(known.state.details);
  };
  const requireAllowed = (step: string): void => {
    const refusal = known.state?.refusals[step];
    if (!refusal) return;
    const { message, code, remedy, errors } = refusal;
    throw ApplicationFailure.nonRetryable(message, code, { remedy, errors });
  };
  const sayFarewell = () => {
    farewells += 1;
    void farewell
      .revokeEndedTokens({ tenant })
      .catch(() => {}) // nobody uses them any more, and unused they die within 30 days
      .finally(() => {
        farewells -= 1;
      });
  };
  const step =
    <Choice>(
      name: string,
      save: (task: StepTask<Choice>) => Promise<StepResult>,
      effect: () => Promise<void> = async () => {},
    ) =>
    async (request: StepRequest<Choice>): Promise<StepResult> => {
      const requestId = currentUpdateInfo()!.id;
      const result = await inTurn(async () => {
        requireAllowed(name); // the validator may have come before the state
        const saved = await save({ tenant, requestId, ...request });
        await readState();
        return saved;
      });
      if (known.state?.isCompleted) await effect();
      return result;
    };
  const allowed = <Choice>(name: string) => ({ validator: (_request: StepRequest<Choice>) => requireAllowed(name) });
  const applySchedules = createRounds(() => effects.applySchedules({ tenant }));
  const decideAgain = () => effects.startSettingsRun({ tenant });

  const begin = async () => {
    await applySchedules();
    await effects.startFirstPull({ tenant });
  };

  const loaded = inTurn(readState);
  setHandler(connectUpdate, async ({ attemptId }) => {
    const outcome = await inTurn(async () => {
      const ended = await till.completeConnect({ tenant, attemptId }).catch((error: unknown) => {
        if (isCancellation(error)) throw error;
        return rows.failConnectAttempt({ tenant, attemptId });
      });
      await readState();
      return ended;
    });
    sayFarewell();
    if (outcome.kind === 'connected') await (known.state?.isCompleted ? begin() : applySchedules());
    return outcome;
  });
  const disconnect = (task: StepTask<null>) => saves.disconnectTenant(task).finally(sayFarewell);
  setHandler(storesUpdate, step('stores', till.saveStores, decideAgain), allowed<StoreChoice>('stores'));
  setHandler(
    importSettingsUpdate,
    step('import-settings', saves.saveImportSettings, decideAgain),
    allowed<ImportSettings>('import-settings'),
  );
  setHandler(pricingUpdate, step('pricing', till.savePricing, decideAgain), allowed<PricingSettings>('pricing'));
  setHandler(orderExportUpdate, step('order-export', till.saveOrderExport), allowed<OrderExportChoice>('order-export'));
  setHandler(
    syncSettingsUpdate,
    step('sync-settings', saves.saveSyncSettings, applySchedules),
    allowed<SyncSettings>('sync-settings'),
  );
  setHandler(completeUpdate, step('complete', saves.completeSetup, begin), allowed<null>('complete'));
  setHandler(disconnectUpdate, step('disconnect', disconnect, applySchedules));

  setHandler(renewal, () => {
    isAged = true;
  });

  await loaded;
  const isOver = () => known.state?.isCompleted === true || isAged || workflowInfo().continueAsNewSuggested;
  const overBy = (afterMs: number) => condition(isOver, Math.max(1, startedAt + afterMs - Date.now()));
  if (!isOver()) upsertSearchAttributes([{ key: stage, value: 'collecting' }]);
  for (const [index, delayMs] of input.reminderDelaysMs.entries()) {
    if (delayMs >= input.lifetimeMs || (await overBy(delayMs))) break;
    await rows.recordSetupReminder({ tenant, reminder: `${workflowInfo().runId}/${index + 1}` });
  }
  await overBy(input.lifetimeMs);
  await condition(() => allHandlersFinished() && farewells === 0);
  const elapsedMs = Date.now() - startedAt;
  const isCompleted = known.state?.isCompleted === true;
  if (isCompleted || elapsedMs >= input.lifetimeMs) {
    upsertSearchAttributes([{ key: stage, value: isCompleted ? 'completed' : 'expired' }]);
    return;
  }
  const later = input.reminderDelaysMs.map((delayMs) => delayMs - elapsedMs).filter((delayMs) => delayMs > 0);
  await continueAsNew<typeof setup>({ tenant, reminderDelaysMs: later, lifetimeMs: input.lifetimeMs - elapsedMs });
}
