import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure, TemporalFailure } from '@temporalio/common';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
import { Problem, problemStatus } from '../domain/problem.ts';
import { LightspeedError } from '../lightspeed/lightspeed-error.ts';
import type { Logger } from '../runtime/logger.ts';
import { safeError } from '../runtime/safe-error.ts';

/**
 * Turns what an activity throws into a failure that a workflow can switch on (`type` is a Problem's code or a vendor
 * failure's kind) and that may be read by whoever sees the history: no statement's parameters, no answer's words.
 */
export function createFailureInterceptor(log: Logger): ActivityInboundCallsInterceptor {
  return {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        const { info, cancellationSignal } = Context.current();
        if (cancellationSignal.aborted && isAbort(error)) throw new CancelledFailure('the activity was cancelled');
        const failure = toFailure(error);
        if (failure instanceof ApplicationFailure && failure.type === UNEXPECTED) {
          log.error(
            { err: error, activity: info.activityType, attempt: info.attempt, workflow: info.workflowType },
            'activity failed unexpectedly',
          );
        }
        throw failure;
      }
    },
  };
}

const UNEXPECTED = 'unexpected';

/** Failures made for Temporal pass through, refusals and vendor failures keep their words, anything else has none. */
export function toFailure(error: unknown): TemporalFailure {
  if (error instanceof TemporalFailure) return error;
  if (Problem.is(error)) {
    return ApplicationFailure.create({
      message: error.message,
      type: error.code,
      nonRetryable: problemStatus[error.code] < 500,
      details: [{ field: error.field ?? null, remedy: error.remedy ?? null, errors: error.errors ?? null }],
    });
  }
  if (LightspeedError.is(error)) {
    return ApplicationFailure.create({
      message: error.message,
      type: error.kind,
      nonRetryable: !error.retryable,
      ...(error.retryable && error.retryAfterMs !== null ? { nextRetryDelay: error.retryAfterMs } : {}),
    });
  }
  const { name, code, cause } = safeError(error);
  const what = [name, code ?? cause?.code].filter(Boolean).join(' ');
  return ApplicationFailure.create({ message: `Unexpected failure (${what}); see the worker's log`, type: UNEXPECTED });
}

function isAbort(error: unknown): boolean {
  return LightspeedError.is(error, 'aborted') || (error instanceof Error && error.name === 'AbortError');
}
