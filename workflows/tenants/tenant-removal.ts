import {
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { TenantRemovalActivities } from '../../activities/tenants/tenant-removal.ts';
import { needsAttention } from '../messages/needs-attention.ts';
import { stage } from '../messages/stage.ts';
import type { TenantRemovalInput } from '../messages/tenants.ts';

const steps = proxyActivities<TenantRemovalActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '45s',
  retry: { maximumInterval: '1 minute' },
});
/** Erasing doesn't wait for a Lightspeed that is down for longer; unused, the tokens die within 30 days. */
const farewell = proxyActivities<TenantRemovalActivities>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '1 day',
  retry: { maximumInterval: '10 minutes' },
});

/**
 * Erases a tenant: ends its runs, then its customers' data, then all else, and revokes its tokens. It goes on after any
 * crash, and every step may be repeated. The slug is free again once it has ended.
 */
export async function tenantRemoval({ tenant, settleMs }: TenantRemovalInput): Promise<void> {
  const show = (now: string, details: string) => {
    upsertSearchAttributes([{ key: stage, value: now }]);
    setCurrentDetails(details);
  };
  show('erasing', 'Its Schedules and runs are ended, and its data is erased, customers first.');
  await steps.endTenantRuns({ tenant });
  while (!(await steps.eraseTenantData({ tenant })));
  show('revoking', 'Its data is erased; Lightspeed is told to forget its tokens.');
  try {
    await farewell.revokeTenantTokens({ tenant });
  } catch (error) {
    if (isCancellation(error)) throw error;
    upsertSearchAttributes([{ key: needsAttention, value: true }]);
  }
  await steps.eraseTenantItself({ tenant });
  show('settling', 'All is erased; what was under way when it was asked for may have begun runs.');
  // Such a run finds no rows. Most end by that, and the wizard's would wait for weeks.
  do await sleep(settleMs);
  while ((await steps.endTenantRuns({ tenant })) > 0);
  await steps.finishTenantRemoval({ tenant });
  show('removed', 'Nothing is left.');
}
