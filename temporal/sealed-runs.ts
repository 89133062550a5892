import type { Client } from '@temporalio/client';
import { isGrpcServiceError, ScheduleNotFoundError, WorkflowNotFoundError } from '@temporalio/client';
import { keyIdOf } from '../runtime/key-ring.ts';
import { renewableWorkflows, renewal } from '../workflows/messages/renewal.ts';
import { isSealedPayload } from './payload-codec.ts';
import type { TaskQueues } from './task-queues.ts';

/** An open run whose history needs older keys to be replayed. */
export interface AgedRun {
  workflowId: string;
  runId: string;
  workflowType: string;
  startedAt: Date;
  keyIds: string[];
}

/** The installation's open runs that rest on other keys than the current one; reads each open history. */
export async function listAgedRuns(client: Client, queues: TaskQueues, currentKeyId: string): Promise<AgedRun[]> {
  const query = `ExecutionStatus = "Running" AND TaskQueue IN ("${queues.interactive}", "${queues.bulk}")`;
  const aged: AgedRun[] = [];
  for await (const { workflowId, runId, type, startTime } of client.workflow.list({ query })) {
    const handle = client.workflow.getHandle(workflowId, runId);
    // The list lags behind: of what it names, some have ended since.
    if ((await handle.describe()).status.name !== 'RUNNING') continue;
    const keyIds = [...keyIdsIn(await handle.fetchHistory())].filter((id) => id !== currentKeyId);
    if (keyIds.length > 0) aged.push({ workflowId, runId, workflowType: type, startedAt: startTime, keyIds });
  }
  return aged;
}

/** Asks runs that may wait for long to go on as new ones. Safe to repeat. @returns whom it has asked. */
export async function renewRuns(client: Client, runs: readonly AgedRun[]): Promise<string[]> {
  const renewable = runs.filter(({ workflowType }) => renewableWorkflows.includes(workflowType));
  for (const { workflowId, runId } of renewable) {
    await client.workflow
      .getHandle(workflowId, runId)
      .signal(renewal)
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error; // ended in between
      });
  }
  return renewable.map(({ runId }) => runId);
}

/**
 * Writes the installation's Schedules as they are, so that what they start is sealed with the current key.
 * @throws Error naming a Schedule that no key of the ring opens.
 */
export async function resealSchedules(client: Client, queues: TaskQueues): Promise<number> {
  const ours = new Set<string>(Object.values(queues));
  const { namespace } = client.options;
  let count = 0;
  for await (const { scheduleId } of client.schedule.list()) {
    // As it is stored: those of other installations need not open with our keys.
    const found = await client.workflowService.describeSchedule({ namespace, scheduleId }).catch((error: unknown) => {
      if (isGone(error)) return null; // the list lags behind
      throw error;
    });
    if (!ours.has(found?.schedule?.action?.startWorkflow?.taskQueue?.name ?? '')) continue;
    try {
      await client.schedule.getHandle(scheduleId).update((same) => same);
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) continue;
      throw new Error(`the Schedule ${scheduleId} could not be written anew`, { cause: error });
    }
    count += 1;
  }
  return count;
}

/** gRPC's code for what isn't there. */
const notFound = 5;

function isGone(error: unknown): boolean {
  if (!isGrpcServiceError(error)) return false;
  const code: number = error.code;
  return code === notFound;
}

/** The keys that sealed payloads anywhere in a value. */
function keyIdsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return found;
  if (isSealedPayload(value)) found.add(keyIdOf(new TextDecoder().decode(value.data)));
  else for (const part of Object.values(value)) keyIdsIn(part, found);
  return found;
}
