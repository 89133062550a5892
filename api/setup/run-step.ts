import { createHash, randomUUID } from 'node:crypto';
import type { WorkflowStartOptions } from '@temporalio/client';
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { TypedSearchAttributes, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import { needsAttention, tenantId } from '../../temporal/search-attributes.ts';
import type { SetupInput, StepRequest, StepResult } from '../../workflows/messages/setup.ts';
import { setupWorkflow, setupWorkflowId } from '../../workflows/messages/setup.ts';
import type { ApiParts } from '../http/api-parts.ts';
import type { Caller } from '../http/endpoint.ts';
import { isRunOver, problemOfUpdate } from './problem-of-update.ts';

const answerWithinMs = 10_000;
/** A wizard that nobody has touched for so long ends its run and keeps its answers: the next call goes on. */
const lifetimeMs = 60 * 24 * 3_600_000;

type Parts = Pick<ApiParts, 'temporal' | 'queues' | 'config'>;

/**
 * Does one Update of the tenant's wizard, starting its run where none is under way. A run that ends in between is
 * started once more; a repeated Update finds its first result by its id.
 * @throws Problem with the step's refusal; `unavailable` after 10 s, when the step may still be applied.
 */
export async function updateSetup<Result, Argument>(
  parts: Parts,
  tenant: string,
  update: UpdateDefinition<Result, [Argument]>,
  argument: Argument,
  updateId: string,
): Promise<Result> {
  const { temporal } = parts;
  const deadline = Date.now() + answerWithinMs;
  const once = () =>
    temporal.withDeadline(deadline, () =>
      temporal.workflow.executeUpdateWithStart(update, {
        args: [argument],
        updateId,
        startWorkflowOperation: new WithStartWorkflowOperation<SetupRun>(setupWorkflow, startOptions(parts, tenant)),
      }),
    );
  try {
    return await once().catch((error: unknown) => {
      if (!isRunOver(error)) throw error;
      return once();
    });
  } catch (error) {
    throw problemOfUpdate(error);
  }
}

/** Does one step for an admin. The same `Idempotency-Key` with the same choice is the same step. */
export async function runStep<Choice>(
  parts: Parts,
  tenant: string,
  update: UpdateDefinition<StepResult, [StepRequest<Choice>]>,
  choice: Choice,
  input: { caller: Caller | null; ifMatch: number | null; idempotencyKey: string | null },
): Promise<{ body: StepResult; headers: Record<string, string> }> {
  const { caller, ifMatch, idempotencyKey } = input;
  const request: StepRequest<Choice> = { keyId: caller?.keyId ?? null, ifMatch, choice };
  const id = idempotencyKey === null ? randomUUID() : digest(JSON.stringify([idempotencyKey, ifMatch, choice]));
  const body = await updateSetup(parts, tenant, update, request, `${update.name}/${id}`);
  return { body, headers: { etag: `"${body.version}"` } };
}

/** Begins the wizard's run, which reminds of what is left to do, unless one is under way. */
export async function startSetup(parts: Parts, tenant: string): Promise<void> {
  await parts.temporal.workflow.start<SetupRun>(setupWorkflow, startOptions(parts, tenant));
}

type SetupRun = (input: SetupInput) => Promise<void>;

function startOptions({ queues, config }: Parts, tenant: string) {
  const input: SetupInput = { tenant, reminderDelaysMs: config.SETUP_REMINDERS_MS, lifetimeMs };
  return {
    workflowId: setupWorkflowId(tenant),
    taskQueue: queues.interactive,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    args: [input] as [SetupInput],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: tenantId, value: tenant },
      { key: needsAttention, value: false },
    ]),
    staticSummary: `Setup of ${tenant}`,
  } satisfies WorkflowStartOptions<SetupRun>;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
