import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

/** Another worker is at it: come back in a moment. */
export function busy(what: string): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'busy',
    message: `Another order is ${what}`,
    nextRetryDelay: '300 ms',
    category: ApplicationFailureCategory.BENIGN, // no failure to log or count
  });
}
