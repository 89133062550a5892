import {
  isGrpcDeadlineError,
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import type { ProblemCode, ProblemDetails } from '../../domain/problem.ts';
import { Problem, problemStatus } from '../../domain/problem.ts';
import { connectWords } from '../../domain/setup/connect-words.ts';

/** gRPC's code for a call that met a change in between: the operation itself was not done. */
const grpcAborted = 10;

/** Whether the run ended between finding it and giving it the Update, which then was not done. */
export function isRunOver(error: unknown): boolean {
  if (error instanceof WorkflowUpdateFailedError) return refusalIn(error)?.type === 'AcceptedUpdateCompletedWorkflow';
  if (error instanceof WorkflowNotFoundError) return true;
  if (!isGrpcServiceError(error)) return false;
  const code: number = error.code;
  return code === grpcAborted;
}

/** What a caller is told when an Update of the wizard fails. */
export function problemOfUpdate(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError) return problemOfRefusal(refusalIn(error));
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error)) {
    return new Problem('unavailable', 'The step is not finished yet; it may still be applied', {
      remedy: 'Read the setup in a few seconds, or repeat with the same Idempotency-Key',
    });
  }
  return error;
}

/** The first failure with a code under all the wrappings of Temporal. */
function refusalIn(error: Error): ApplicationFailure | null {
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof ApplicationFailure) return inner;
  }
  return null;
}

/** Kinds of a vendor's failure that bear the name of a refusal of ours. */
const vendorKinds = new Set(['unavailable', 'not-found']);

function problemOfRefusal(refusal: ApplicationFailure | null): Problem {
  const code = refusal?.type ?? 'timeout';
  if (code === 'forbidden') {
    return new Problem('scope-missing', 'Lightspeed no longer grants every access that is needed; nothing was saved', {
      remedy: connectWords['scope-missing'].remedy,
    });
  }
  if (refusal && isProblemCode(code) && !vendorKinds.has(code))
    return new Problem(code, refusal.message, detailsOf(refusal.details?.[0]));
  if (code === 'unexpected') return new Problem('internal', 'Something went wrong on our side; nothing was saved');
  return new Problem('lightspeed-down', 'Lightspeed does not answer as it should; nothing was saved', {
    remedy: 'Try again in a minute',
  });
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemStatus, code);
}

const refusalDetails = z.object({
  field: z.string().nullish(),
  remedy: z.string().nullish(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).nullish(),
});

function detailsOf(value: unknown): ProblemDetails {
  const { field, remedy, errors } = refusalDetails.safeParse(value).data ?? {};
  return { ...(field ? { field } : {}), ...(remedy ? { remedy } : {}), ...(errors ? { errors } : {}) };
}
