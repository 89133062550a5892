import type { ExportHold } from '../../db/orders/move-export.ts';
import { parkExport } from '../../db/orders/park-export.ts';
import { postponeExport } from '../../db/orders/postpone-export.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { OrderExportDeps } from './order-export.ts';

/**
 * What becomes of an export when a call failed of which it is certain that nothing was sent, or that was a read: it
 * waits for the till, or a person must look at a refusal. The words go to the ledger.
 * @throws whatever isn't the till's failure.
 */
export async function giveWay(
  { db, wake }: Pick<OrderExportDeps, 'db' | 'wake'>,
  hold: ExportHold,
  error: unknown,
  retryAfterMs: number | null = null,
): Promise<void> {
  if (!LightspeedError.is(error)) throw error;
  switch (error.kind) {
    case 'refused':
    case 'forbidden':
    case 'not-found': {
      const message = `Lightspeed refused: ${error.vendorMessage ?? error.message}`;
      const remedy = 'Put right what it names, in Lightspeed or in the setup, and retry the order';
      const wakeUps = await db.transaction((tx) => parkExport(tx, hold, { code: 'till-refused', message, remedy }));
      if (wakeUps) await wake(wakeUps);
      return;
    }
    case 'budget-wait':
    case 'rate-limited':
      await db.transaction((tx) => postponeExport(tx, hold, 'budget', retryAfterMs ?? error.retryAfterMs));
      return;
    case 'not-connected':
    case 'connection-lost':
    case 'invalid-grant':
    case 'client-refused':
    case 'unauthorised':
    case 'unavailable':
    case 'in-doubt':
    case 'malformed':
    case 'wrong-host':
    case 'aborted':
      await db.transaction((tx) => postponeExport(tx, hold, 'outage', retryAfterMs ?? error.retryAfterMs));
      return;
  }
}
