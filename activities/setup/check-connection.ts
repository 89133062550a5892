import { noteCheck } from '../../db/setup/note-check.ts';
import { noteWarnings } from '../../db/setup/note-warnings.ts';
import { readSetup } from '../../db/setup/read-setup.ts';
import { recordHealth } from '../../db/setup/record-health.ts';
import { restoreConnection } from '../../db/setup/restore-connection.ts';
import type { ChosenSettings, FaultCode, TillLists } from '../../domain/setup/find-faults.ts';
import { faultCodes, findChoiceFaults, findUserFault } from '../../domain/setup/find-faults.ts';
import type { WarningLists } from '../../domain/setup/till-warnings.ts';
import { exportWarnings, shopWarnings } from '../../domain/setup/till-warnings.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { Till } from '../../lightspeed/till.ts';
import type { ConnectionHealthDeps } from './connection-health.ts';

/** What a look at a connection gives: `faults` are codes. */
export type ConnectionHealth = { kind: 'none' } | { kind: 'lost' } | { kind: 'checked'; faults: string[] };

/**
 * Looks whether a tenant's connection and the choices that rest on the account still hold, and records what is wrong or
 * has healed (R36). A lost connection is probed first. Safe to repeat: it writes what it finds, not what has changed.
 * @throws LightspeedError when Lightspeed doesn't answer: nothing has been found.
 */
export async function checkConnection(
  deps: ConnectionHealthDeps,
  { tenant }: { tenant: string },
): Promise<ConnectionHealth> {
  const { db, wake } = deps;
  if ((await readSetup(db, tenant)).connection?.state === 'lost' && !(await probeLost(deps, tenant)))
    return { kind: 'lost' };
  const { setup, stores, connection } = await readSetup(db, tenant);
  if (connection?.state !== 'active') return { kind: 'none' };
  try {
    const till = await deps.openTill(tenant, 'interactive');
    const { rights } = await till.session();
    const userFaults = findUserFault(rights);
    const settings = { stores, pricing: setup.pricing, orderExport: setup.orderExport };
    const lists = await readLists(till, settings);
    const faults = [...userFaults, ...(lists ? findChoiceFaults(settings, lists) : [])];
    const looked: readonly FaultCode[] = lists ? faultCodes : ['admin-right-gone'];
    const checked = { tenant, connectionId: connection.id, version: setup.version };
    const owed = await db.transaction(async (tx) => {
      const wakeUps = await recordHealth(tx, checked, looked, faults);
      if (lists) await noteWarnings(tx, tenant, setup.version, warningsOf(settings, lists));
      return wakeUps;
    });
    if (owed) await wake(owed);
    return { kind: 'checked', faults: faults.map(({ code }) => code) };
  } catch (error) {
    // Whoever meets the refusal marks the connection lost; one that is replaced has its own next look.
    if (LightspeedError.is(error, 'connection-lost')) return { kind: 'lost' };
    if (LightspeedError.is(error, 'not-connected')) return { kind: 'none' };
    throw error;
  }
}

/** Tries the refresh token once; the pair it gives must be honoured by a call before anybody else uses it. */
async function probeLost(
  { db, tokens, oauth, readAccount, wake }: ConnectionHealthDeps,
  tenant: string,
): Promise<boolean> {
  const outcome = await tokens.probe(tenant, (refreshToken) =>
    oauth.refresh(refreshToken).catch((error: unknown) => {
      if (LightspeedError.is(error, 'invalid-grant')) return null;
      throw error;
    }),
  );
  if (outcome.kind === 'later') return false;
  const isHonoured =
    outcome.kind === 'active' &&
    (await readAccount(outcome.tokens)
      .session()
      .then(() => true)
      .catch((error: unknown) => {
        if (LightspeedError.is(error, 'unauthorised')) return false;
        throw error;
      }));
  if (!isHonoured) {
    await noteCheck(db, tenant, { isProbeInVain: true });
    return false;
  }
  const owed = await db.transaction((tx) => restoreConnection(tx, tenant, outcome.tokens));
  if (owed) await wake(owed);
  return true;
}

/** By step; only of those that were looked at. */
function warningsOf({ stores, orderExport }: ChosenSettings, lists: WarningLists): Record<string, string[]> {
  return {
    ...(stores.length > 0 ? { stores: shopWarnings(stores, lists) } : {}),
    ...(orderExport ? { 'order-export': exportWarnings(orderExport, lists) } : {}),
  };
}

/** Only what the settings rest on; null if the user may not read it. */
async function readLists(
  till: Till,
  { stores, pricing, orderExport }: ChosenSettings,
): Promise<(TillLists & WarningLists) | null> {
  const isExporting = orderExport !== null && orderExport.mode !== 'off';
  const itemIds = isExporting ? [orderExport.shippingItemId, orderExport.taxItemId].filter((id) => id !== null) : [];
  try {
    const [shops, priceLevels, employees, registers, paymentTypes, items] = await Promise.all([
      stores.length > 0 ? till.shops() : [],
      pricing?.enabled ? till.priceLevels() : [],
      isExporting ? till.employees() : [],
      isExporting ? till.registers() : [],
      isExporting ? till.paymentTypes() : [],
      itemIds.length > 0 ? till.itemsById([...new Set(itemIds)]) : [],
    ]);
    return { shops, priceLevels, employees, registers, paymentTypes, items };
  } catch (error) {
    if (LightspeedError.is(error, 'forbidden')) return null;
    throw error;
  }
}
