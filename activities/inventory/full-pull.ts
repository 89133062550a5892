import { beginFullPull } from './begin-full-pull.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';
import { keepAlive } from './keep-alive.ts';
import { pullEverything } from './pull-everything.ts';
import type { OfRun } from './pull-stream.ts';
import { rereadMissing } from './reread-missing.ts';
import { retireMissing } from './retire-missing.ts';

export type FullPullDeps = InventorySyncDeps;

/** The steps that only a full pull takes; `beginFullPull` and `retireMissing` are local. */
export function createFullPullActivities(deps: FullPullDeps) {
  return {
    beginFullPull: (input: Parameters<typeof beginFullPull>[1]) => beginFullPull(deps, input),
    pullEverything: (run: Parameters<typeof pullEverything>[1]) => keepAlive(() => pullEverything(deps, run)),
    rereadMissing: (run: OfRun) => keepAlive(() => rereadMissing(deps, run)),
    retireMissing: (run: OfRun) => retireMissing(deps, run),
  };
}

export type FullPullActivities = ReturnType<typeof createFullPullActivities>;
