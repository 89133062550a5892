import { ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';

/** The kind of failure that ended an activity, from the innermost failure that has one. */
export function failureCode(error: unknown): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ApplicationFailure && cause.type) return cause.type;
    if (cause instanceof TimeoutFailure && !cause.cause) return 'deadline';
  }
  return 'unexpected';
}
