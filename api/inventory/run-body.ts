import { z } from 'zod';
import type { findRun } from '../../db/inventory/list-runs.ts';
import type { LastPull } from '../../db/inventory/read-last-pull.ts';
import { secondsLeft } from '../../domain/inventory/pull-progress.ts';
import { runStates, runTriggers } from '../../domain/inventory/run-state.ts';

const count = z.int();

/** One run of the sync: what ran, when, with what result (R34). */
export const RunBody = z
  .object({
    id: z.uuid(),
    mode: z.enum(['poll', 'local', 'full']).describe('`local`: nothing was asked of the till'),
    trigger: z.enum(runTriggers),
    state: z.enum(runStates),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    pages: count,
    pagesExpected: count.nullable().describe('Of a full pull, once it has asked how many items there are'),
    secondsLeft: count.nullable().describe('About how long a full pull under way will still take'),
    itemsSeen: count,
    stockRowsSeen: count,
    calls: count,
    drips: z.string().describe("Of Lightspeed's rate budget"),
    waitedMs: count.describe('For the rate budget'),
    listingsChanged: count,
    mapped: count.describe('Of these, listings of SKUs that had none'),
    shown: count.describe('Of these, such as were not shown before'),
    hidden: count.describe('Of these, such as are no longer shown'),
    heldChanges: count.describe('Wait for an admin to approve or reject them'),
    heldVerdict: z.enum(['approved', 'rejected']).nullable(),
    note: z.string().nullable(),
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable(),
  })
  .meta({ id: 'SyncRun' });

/** @param underWay where the account's full pull stands; null unless the run is one that is under way. */
export function toRunBody(
  run: NonNullable<Awaited<ReturnType<typeof findRun>>>,
  underWay: LastPull | null,
): z.input<typeof RunBody> {
  return {
    ...run,
    startedAt: run.startedAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
    secondsLeft: isPullUnderWay(run) && underWay ? secondsLeft(underWay) : null,
  };
}

/** Whether a run is a full pull that has not ended. */
export function isPullUnderWay({ mode, state }: { mode: string; state: string }): boolean {
  return mode === 'full' && state === 'running';
}
