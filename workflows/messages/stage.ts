import { defineSearchAttributeKey } from '@temporalio/common';

/** Where a run stands, for the Temporal UI: set on entering a wait and at the end. The same key as in `temporal/`. */
export const stage = defineSearchAttributeKey('Stage', 'KEYWORD');
