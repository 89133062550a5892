import { defineSearchAttributeKey } from '@temporalio/common';

export const tenantId = defineSearchAttributeKey('TenantId', 'KEYWORD');
export const needsAttention = defineSearchAttributeKey('NeedsAttention', 'BOOL');

/** What a cluster must have registered, with the types of its command line. */
export const requiredSearchAttributes = { TenantId: 'Keyword', Stage: 'Keyword', NeedsAttention: 'Bool' } as const;
