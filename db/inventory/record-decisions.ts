import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { Problem } from '../../domain/problem.ts';
import type { Database, Transaction } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { catalogItems, mappingDecisions, mappings, posItems } from '../schema/inventory.ts';

/**
 * `accept`: a candidate is the one. `map`: any live POS item is. `reject`: that POS item is not; without one, none of the
 * candidates is. `unmap`: the present mapping is wrong. `undo`: what was decided about the SKU is forgotten.
 */
export interface Decision {
  sku: string;
  action: 'accept' | 'map' | 'reject' | 'unmap' | 'undo';
  itemId: string | null;
}

interface Pair {
  sku: string;
  itemId: string;
  decision: 'accepted' | 'rejected';
}

/**
 * Remembers what a person decided about mappings (R20), all of it or nothing; a later decision replaces an earlier one.
 * It shows once listings are decided again, which the wake-up owed sees to.
 * @throws Problem naming the decision at fault.
 */
export async function recordDecisions(
  db: Database,
  tenant: string,
  decisions: Decision[],
  keyId: string | null,
): Promise<WakeUp[]> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('decide-listings'), hashtext(${tenant}))`);
    const known = await readKnown(tx, tenant, decisions);
    const pairs = decisions.flatMap((decision, index) => toPairs(decision, `decisions[${index}]`, known));
    const undone = decisions.filter(({ action }) => action === 'undo').map(({ sku }) => sku);
    const accepted = pairs.filter(({ decision }) => decision === 'accepted').map(({ sku }) => sku);
    await forget(tx, tenant, undone, accepted);
    if (pairs.length > 0) {
      await tx
        .insert(mappingDecisions)
        .values(pairs.map((pair) => ({ tenant, keyId, ...pair })))
        .onConflictDoUpdate({
          target: [mappingDecisions.tenant, mappingDecisions.sku, mappingDecisions.itemId],
          set: { decision: sql`excluded.decision`, keyId: sql`excluded.key_id`, decidedAt: sql`now()` },
        });
    }
    await refuseSharedItems(tx, tenant);
    return [await requestWakeUp(tx, tenant, 'sale-boundary', tenant)];
  });
}

type Known = Awaited<ReturnType<typeof readKnown>>;

async function readKnown(tx: Transaction, tenant: string, decisions: Decision[]) {
  const skus = decisions.map(({ sku }) => sku);
  const itemIds = decisions.flatMap(({ itemId }) => (itemId === null ? [] : [itemId]));
  const catalog = await tx
    .select({ sku: catalogItems.sku, itemId: mappings.itemId, candidates: mappings.candidates })
    .from(catalogItems)
    .leftJoin(mappings, and(eq(mappings.tenant, catalogItems.tenant), eq(mappings.sku, catalogItems.sku)))
    .where(and(eq(catalogItems.tenant, tenant), inArray(catalogItems.sku, skus)));
  const live = await tx
    .select({ itemId: posItems.itemId })
    .from(posItems)
    .where(
      and(
        eq(posItems.tenant, tenant),
        inArray(posItems.itemId, itemIds),
        eq(posItems.archived, false),
        isNull(posItems.retiredAt),
      ),
    );
  return {
    catalog: new Map(catalog.map(({ sku, itemId, candidates }) => [sku, { itemId, candidates: candidates ?? [] }])),
    live: new Set(live.map(({ itemId }) => itemId)),
  };
}

function toPairs({ sku, action, itemId }: Decision, field: string, { catalog, live }: Known): Pair[] {
  const item = catalog.get(sku);
  if (!item) throw refusal('unknown-item', `${field}.sku`, `there is no catalogue item ${sku}`, 'Push it first');
  const candidates = item.candidates.map((candidate) => candidate.itemId);
  const wants = (kind: string) =>
    refusal('invalid', `${field}.itemId`, `"${kind}" needs a POS item`, 'Give its itemId');
  switch (action) {
    case 'undo':
      return [];
    case 'unmap':
      if (item.itemId === null)
        throw refusal('invalid', `${field}.sku`, `${sku} is not mapped`, 'Nothing needs to be done');
      return [{ sku, itemId: item.itemId, decision: 'rejected' }];
    case 'reject':
      return (itemId === null ? candidates : [itemId]).map((rejected) => ({
        sku,
        itemId: rejected,
        decision: 'rejected',
      }));
    case 'accept':
      if (itemId === null) throw wants(action);
      if (!candidates.includes(itemId)) {
        throw refusal(
          'unknown-item',
          `${field}.itemId`,
          `POS item ${itemId} is no candidate of ${sku}`,
          'Use "map" for any other item',
        );
      }
      return [{ sku, itemId, decision: 'accepted' }];
    case 'map':
      if (itemId === null) throw wants(action);
      if (!live.has(itemId)) {
        throw refusal(
          'unknown-item',
          `${field}.itemId`,
          `there is no live POS item ${itemId}`,
          'Look its id up in Lightspeed',
        );
      }
      return [{ sku, itemId, decision: 'accepted' }];
  }
}

/** Everything about the SKUs undone, and an earlier yes of those that get a new one. */
async function forget(tx: Transaction, tenant: string, undone: string[], accepted: string[]): Promise<void> {
  await tx
    .delete(mappingDecisions)
    .where(and(eq(mappingDecisions.tenant, tenant), inArray(mappingDecisions.sku, undone)));
  await tx
    .delete(mappingDecisions)
    .where(
      and(
        eq(mappingDecisions.tenant, tenant),
        inArray(mappingDecisions.sku, accepted),
        eq(mappingDecisions.decision, 'accepted'),
      ),
    );
}

/** A mapping is one to one. */
async function refuseSharedItems(tx: Transaction, tenant: string): Promise<void> {
  const [shared] = await tx.execute<{ itemId: string; skus: string }>(sql`
    select item_id as "itemId", string_agg(sku, ' and ' order by sku) as skus from mapping_decisions
    where tenant = ${tenant} and decision = 'accepted' group by item_id having count(*) > 1 limit 1`);
  if (!shared) return;
  const { itemId, skus } = shared;
  throw refusal(
    'choice-unusable',
    'decisions',
    `POS item ${itemId} can not be mapped to ${skus}`,
    'Undo or unmap one of them',
  );
}

function refusal(
  code: 'invalid' | 'unknown-item' | 'choice-unusable',
  field: string,
  what: string,
  remedy: string,
): Problem {
  return new Problem(code, `${field}: ${what}`, { field, remedy });
}
