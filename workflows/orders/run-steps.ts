import { defineSearchAttributeKey } from '@temporalio/common';
import type { SignalDefinition } from '@temporalio/workflow';
import {
  allHandlersFinished,
  condition,
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { renewal } from '../messages/renewal.ts';
import { stage as stageKey } from '../messages/stage.ts';

const needsAttention = defineSearchAttributeKey('NeedsAttention', 'BOOL');

/** What every export does: `waitMs` null is until something changes; `again`: the ledger has moved, look at once. */
type LoopStep = { kind: 'end' } | { kind: 'wait'; waitMs: number | null } | { kind: 'again' } | { kind: 'post' };

/** What stands beside each step: for the search attributes, and for the Temporal UI. */
interface Standing {
  stage: string;
  details: string;
}

/** One ledger row's way to its sale. `Own`: its steps beside those that every row has. */
export interface StepLoop<Own extends string> {
  /** Facts have been committed: look again. */
  changed: SignalDefinition;
  readNextStep(): Promise<(LoopStep | { kind: Own }) & Standing>;
  /** Sends the sale once. A failure is no end: the ledger says "claimed", and the next read settles it. */
  post(): Promise<unknown>;
  /** Each is repeated until it succeeds, and is safe to repeat. */
  steps: Record<Own, () => Promise<void>>;
  /** Goes on as a new run. */
  renew(): Promise<never>;
}

/** Past the deadline of a POST: time to finish what was answered at the last moment. */
export const postMarginMs = 60_000;
const firstPauseMs = 1_000;
const longestPauseMs = 5 * 60_000;

/**
 * Brings one row of a ledger to its one sale: the rows decide, this waits and takes the steps in turn. A signal means
 * "look again". Ends when the row is settled; a later fact starts a new run, which finds so.
 */
export async function runSteps<Own extends string>(loop: StepLoop<Own>): Promise<void> {
  let dirty = true;
  let shown = '';
  let failures = 0;
  let isAged = false;
  setHandler(loop.changed, () => {
    dirty = true;
  });
  setHandler(renewal, () => {
    isAged = true;
    dirty = true;
  });
  const show = (stage: string) => {
    if (stage === shown) return;
    shown = stage;
    upsertSearchAttributes([
      { key: stageKey, value: stage },
      { key: needsAttention, value: stage === 'attention' },
    ]);
  };
  for (;;) {
    if (isAged || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished); // the signal that woke this counts as under way until the next turn
      await loop.renew();
    }
    dirty = false; // before the read: a signal that comes during it must cause another
    const next = await loop.readNextStep();
    setCurrentDetails(next.details);
    if (isOwn(loop, next)) {
      await loop.steps[next.kind]();
      continue;
    }
    const step: LoopStep & Standing = next;
    switch (step.kind) {
      case 'again':
        break;
      case 'post':
        try {
          await loop.post();
          failures = 0;
        } catch (error) {
          if (isCancellation(error)) throw error;
          failures += 1;
          await condition(() => dirty, Math.min(firstPauseMs * 2 ** failures, longestPauseMs));
        }
        break;
      case 'wait':
        if (dirty) break;
        show(step.stage);
        if (step.waitMs === null) await condition(() => dirty);
        else await condition(() => dirty, Math.max(1, Math.ceil(step.waitMs)));
        break;
      case 'end':
        if (dirty) break;
        show(step.stage);
        return;
    }
  }
}

function isOwn<Own extends string>({ steps }: StepLoop<Own>, step: { kind: string }): step is { kind: Own } {
  return Object.hasOwn(steps, step.kind);
}
