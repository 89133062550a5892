import { claimAccountReading, storeAccountFacts } from '../../db/orders/account-reading.ts';
import type { Claim } from '../../db/orders/claim-export.ts';
import { loadOrderFacts } from '../../db/orders/load-order-facts.ts';
import { moveExport } from '../../db/orders/move-export.ts';
import { parkExport } from '../../db/orders/park-export.ts';
import { planExport, unusable } from '../../db/orders/plan-export.ts';
import type { SalePlan } from '../../domain/orders/plan-sale.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import { readAccountLists } from '../../lightspeed/read-account-lists.ts';
import type { Till } from '../../lightspeed/till.ts';
import type { OrderExportDeps } from './order-export.ts';

const leaseMs = 60_000;

/** Says that a person must look at an export. */
export async function parkClaim(
  { db, wake }: Pick<OrderExportDeps, 'db' | 'wake'>,
  claim: Claim,
  words: { code: string; message: string; remedy: string; difference?: string },
): Promise<void> {
  const wakeUps = await db.transaction((tx) => parkExport(tx, claim, words));
  if (wakeUps) await wake(wakeUps);
}

/**
 * Looks in the account for why the till has refused a sale, whose lists are read again: if employee or register no longer
 * serve (R27), that is what a person is told, rather than the till's words; if they give another sale now, it is planned
 * anew. `unknown`: the cause is not in what can be read.
 */
export async function settleRefused(
  deps: OrderExportDeps,
  till: Till,
  claim: Claim,
): Promise<'parked' | 'planned-anew' | 'unknown'> {
  const { db } = deps;
  try {
    const account = await readAccountLists(till);
    const reading = await claimAccountReading(db, claim.tenant, leaseMs);
    if (reading) await storeAccountFacts(db, reading, till.connectionId, account);
    const cause = unusable(claim.plan, account);
    if (cause) {
      await parkClaim(deps, claim, cause);
      return 'parked';
    }
    const facts = await loadOrderFacts(db, claim.tenant, claim.orderId);
    const { settings } = facts ?? { settings: null };
    if (!reading || !facts?.snapshot || !settings || settings.mode === 'off') return 'unknown';
    const plan = planExport(facts, settings, account);
    if (plan.kind === 'plan' && isSameSale(plan, claim.plan)) return 'unknown';
  } catch (error) {
    if (LightspeedError.is(error)) return 'unknown'; // the lists can't be read now: the till's own words will do
    throw error;
  }
  const move = { from: ['claimed'], to: 'waiting', situation: { kind: 'exporting' }, code: 'planned-anew' } as const;
  await db.transaction((tx) => moveExport(tx, claim, move));
  return 'planned-anew';
}

function isSameSale(one: SalePlan, other: SalePlan): boolean {
  const figures = ({ mode, registerId, taxCategoryId, lines, payments }: SalePlan) =>
    JSON.stringify([mode, registerId, taxCategoryId, lines, payments]);
  return figures(one) === figures(other);
}
