import {
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { ConnectionHealthActivities } from '../../activities/setup/connection-health.ts';
import { needsAttention } from '../messages/needs-attention.ts';
import type { ConnectionHealthInput } from '../messages/setup.ts';

const till = proxyActivities<ConnectionHealthActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '2s', maximumAttempts: 3 },
});
const rows = proxyLocalActivities<ConnectionHealthActivities>({ startToCloseTimeout: '10s' });

/**
 * One look at a tenant's connection and at the choices that rest on it (R36), started by the sweep when it is due. A
 * Lightspeed that doesn't answer says nothing about them: the look is put off.
 */
export async function connectionHealth({ tenant }: ConnectionHealthInput): Promise<void> {
  try {
    const health = await till.checkConnection({ tenant });
    const wrong = health.kind === 'checked' ? health.faults : health.kind === 'lost' ? ['connection-lost'] : [];
    setCurrentDetails(wrong.length === 0 ? 'Nothing is wrong.' : `Needs attention: ${wrong.join(', ')}.`);
    if (wrong.length > 0) upsertSearchAttributes([{ key: needsAttention, value: true }]);
  } catch (error) {
    if (isCancellation(error)) throw error;
    setCurrentDetails('Lightspeed did not answer; the look is put off.');
    await rows.postponeConnectionCheck({ tenant });
  }
}
