import type { StoredSetup } from '../../db/setup/read-setup.ts';
import { summariseSetup } from '../../db/setup/summarise-setup.ts';
import { emptyLevelWarning, undeclaredStatusWarnings } from '../../domain/setup/live-warnings.ts';
import type { SetupStep } from '../../domain/setup/setup-steps.ts';
import { missingForCompletion, setupAdvice, setupSteps, stepRefusal } from '../../domain/setup/setup-steps.ts';
import { unmappedLocations } from '../../domain/setup/unmapped-locations.ts';

export interface StepDescription {
  step: SetupStep;
  state: 'done' | 'to-do' | 'wrong';
  /** What is missing or wrong; null when the step is done. */
  reason: string | null;
  remedy: string | null;
  warnings: string[];
  advice: string[];
}

/** What the storefront and the stored till say now, which may have changed since a step was saved. */
export interface LiveFacts {
  locations: readonly { locationId: string; name: string }[];
  /** Codes of the order statuses that are declared. */
  statuses: readonly string[];
  /** Chosen price levels at which no item has a price. */
  emptyLevels: readonly string[];
}

/** Each step as a person needs it: done, to do, or what is wrong with what was done. */
export function describeSteps(stored: StoredSetup, live: LiveFacts): StepDescription[] {
  const summary = summariseSetup(stored);
  const missing = missingForCompletion(summary);
  const { setup, connection } = stored;
  const wasDone: Record<SetupStep, boolean> = {
    connect: connection !== null,
    stores: setup.storesDone,
    'import-settings': setup.importSettings !== null,
    pricing: setup.pricing !== null,
    'order-export': setup.orderExport !== null,
    complete: summary.isCompleted,
  };
  return setupSteps.map((step) => {
    const warnings = [...(setup.warnings[step] ?? []), ...liveWarnings(stored, live)[step]];
    const common = { step, warnings, advice: [...setupAdvice[step]] };
    const fault = step === 'complete' ? toComplete(summary) : missing.find((each) => each.step === step);
    if (!fault) return { ...common, state: 'done', reason: null, remedy: null };
    return { ...common, state: wasDone[step] ? 'wrong' : 'to-do', reason: fault.reason, remedy: fault.remedy };
  });
}

function liveWarnings({ setup, stores }: StoredSetup, live: LiveFacts): Record<SetupStep, string[]> {
  return {
    connect: [],
    stores: setup.storesDone ? unmappedLocations(live.locations, stores) : [],
    'import-settings': [],
    pricing: live.emptyLevels.map(emptyLevelWarning),
    'order-export': undeclaredStatusWarnings(setup.orderExport, live.statuses),
    complete: [],
  };
}

function toComplete(summary: Parameters<typeof stepRefusal>[1]): { reason: string; remedy: string } | null {
  const refusal = stepRefusal('complete', summary);
  if (refusal) return { reason: refusal.reason, remedy: refusal.missing.map(({ remedy }) => remedy).join('. ') };
  if (summary.isCompleted) return null;
  return { reason: 'Nothing syncs and no order is exported yet', remedy: 'Complete the setup' };
}
