import { endConnection } from '../../db/setup/end-connection.ts';
import { saveStep } from '../../db/setup/save-step.ts';
import { wakeWaitingOrders } from '../../db/setup/wake-waiting-orders.ts';
import { Problem } from '../../domain/problem.ts';
import type { StepResult, StepTask } from '../../workflows/messages/setup.ts';
import type { SetupDeps } from './setup.ts';

/**
 * Ends the connection and keeps all data (R35): listings stay as they are, orders wait and say why. Safe to repeat: by
 * the request's id.
 * @throws Problem `not-connected`: there is nothing to end.
 */
export async function disconnectTenant(
  { db, wake }: Pick<SetupDeps, 'db' | 'wake'>,
  task: StepTask<null>,
): Promise<StepResult> {
  const { tenant } = task;
  const event = { type: 'connection.disconnected' as const, data: { reason: 'asked-for' } };
  const save = { ...task, step: 'disconnect', warnings: [], event };
  const { version, owed } = await db.transaction(async (tx) => {
    const orders = await wakeWaitingOrders(tx, tenant);
    const saved = await saveStep(tx, save, async () => {
      const ended = await endConnection(tx, tenant, { state: 'disconnected', reason: 'Disconnected by an admin' });
      if (!ended) throw new Problem('not-connected', 'Lightspeed is not connected: there is nothing to disconnect');
      return {};
    });
    return { version: saved.version, owed: [...saved.owed, ...orders] };
  });
  await wake(owed);
  return { version, warnings: ['Listings stay as they are, orders wait. Connect again to go on.'], effects: [] };
}
