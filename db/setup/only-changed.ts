import { isDeepStrictEqual } from 'node:util';
import type { SetupRow } from './lock-setup.ts';
import type { SetupChanges } from './save-step.ts';

/** What a step sets, or null if all of it is so already: a step redone with the same choice changes nothing. */
export function onlyChanged(before: SetupRow, changes: SetupChanges): SetupChanges | null {
  const isSame = Object.entries(changes).every(([column, value]) =>
    isDeepStrictEqual(before[column as keyof SetupRow], value),
  );
  return isSame ? null : changes;
}
