import type { SavedStep } from '../../db/setup/save-step.ts';
import { stepEffects } from '../../domain/setup/step-effects.ts';

/** What a step sets off that decides which listings show, and with what price. */
export function listingEffects({ isUnchanged, isCompleted }: SavedStep): string[] {
  if (isUnchanged) return [stepEffects.unchanged];
  return [isCompleted ? stepEffects.decidedAgain : stepEffects.beforeCompletion];
}
