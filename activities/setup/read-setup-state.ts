import type { Database } from '../../db/database.ts';
import { readSetup } from '../../db/setup/read-setup.ts';
import { summariseSetup } from '../../db/setup/summarise-setup.ts';
import type { ProblemCode } from '../../domain/problem.ts';
import type { SetupStep, SetupSummary } from '../../domain/setup/setup-steps.ts';
import { missingForCompletion, nextStep, stepRefusal } from '../../domain/setup/setup-steps.ts';

/** What the wizard's run needs to know between two steps. */
export interface SetupState {
  isCompleted: boolean;
  /** Steps that can't be done now, by the name of their Update. */
  refusals: Record<string, { code: ProblemCode; message: string; remedy: string; errors: MissingField[] }>;
  /** For the Temporal UI. */
  details: string;
}

type MissingField = { field: string; message: string };

/** Which of the wizard's rules an Update is under. */
const rules: Record<string, SetupStep> = {
  stores: 'stores',
  'import-settings': 'import-settings',
  pricing: 'pricing',
  'order-export': 'order-export',
  'sync-settings': 'import-settings',
  complete: 'complete',
};

export async function readSetupState(db: Database, { tenant }: { tenant: string }): Promise<SetupState> {
  const summary = summariseSetup(await readSetup(db, tenant));
  return { isCompleted: summary.isCompleted, refusals: refusalsOf(summary), details: detailsOf(summary) };
}

function refusalsOf(summary: SetupSummary): SetupState['refusals'] {
  // A lost connection or another fault can heal while the run looks away: that is for the step itself to find out.
  const connection = summary.connection === 'lost' ? 'active' : summary.connection;
  const asKnown: SetupSummary = { ...summary, connection, faults: [] };
  const refusals: SetupState['refusals'] = {};
  for (const [name, step] of Object.entries(rules)) {
    const refusal = stepRefusal(step, asKnown);
    if (!refusal) continue;
    const code = step === 'complete' ? 'setup-incomplete' : 'not-connected';
    refusals[name] = {
      code,
      message: refusal.reason,
      remedy: refusal.missing.map(({ remedy }) => remedy).join('. '),
      errors: refusal.missing.map(({ step: missing, reason }) => ({ field: missing, message: reason })),
    };
  }
  return refusals;
}

function detailsOf(summary: SetupSummary): string {
  const missing = missingForCompletion(summary).map(({ reason }) => `- ${reason}`);
  if (summary.isCompleted && missing.length === 0) return 'Completed.';
  const next = nextStep(summary);
  return [summary.isCompleted ? 'Completed, but:' : `Next step: ${next ?? 'none'}.`, ...missing].join('\n');
}
