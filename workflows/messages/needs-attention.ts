import { defineSearchAttributeKey } from '@temporalio/common';

/** Whether a person must decide something about a run (R36). The same key as in `temporal/`. */
export const needsAttention = defineSearchAttributeKey('NeedsAttention', 'BOOL');
