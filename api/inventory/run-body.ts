import { z } from 'zod';
import type { findRun } from '../../db/inventory/list-runs.ts';
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
    pagesExpected: count.nullable(),
    itemsSeen: count,
    stockRowsSeen: count,
    calls: count,
    drips: z.string().describe("Of Lightspeed's rate budget"),
    waitedMs: count.describe('For the rate budget'),
    listingsChanged: count,
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable(),
  })
  .meta({ id: 'SyncRun' });

export function toRunBody(run: NonNullable<Awaited<ReturnType<typeof findRun>>>): z.input<typeof RunBody> {
  return { ...run, startedAt: run.startedAt.toISOString(), endedAt: run.endedAt?.toISOString() ?? null };
}
