import { and, eq, inArray, sql } from 'drizzle-orm';
import { Problem } from '../../domain/problem.ts';
import type { Database, Transaction } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { catalogItems, mappingDecisions, mappings, posItems } from '../schema/inventory.ts';
import { lockDecisions } from './lock-decisions.ts';
import { touch } from './touch.ts';

/**
 * `accept`: a candidate is the one. `map`: any live POS item is. `reject`: that POS item is not; without one, none of the
 * candidates is. `unmap`: the present mapping is wrong. `undo`: what was decided about the SKU is forgotten, or, with a
 * POS item, what was decided about the two.
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
    await lockDecisions(tx, tenant);
    const known = await readKnown(tx, tenant, decisions);
    const pairs = decisions.flatMap((decision, index) => toPairs(decision, `decisions[${index}]`, known));
    const forgotten = await forget(tx, tenant, decisions, pairs);
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
    await touch(
      tx,
      tenant,
      'sku',
      decisions.map(({ sku }) => sku),
    );
    await touch(
      tx,
      tenant,
      'item',
      [...pairs, ...forgotten].map(({ itemId }) => itemId),
    );
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
  const till = await tx
    .select({
      itemId: posItems.itemId,
      isGone: sql<boolean>`${posItems.archived} or ${posItems.retiredAt} is not null`,
    })
    .from(posItems)
    .where(and(eq(posItems.tenant, tenant), inArray(posItems.itemId, itemIds)));
  return {
    catalog: new Map(catalog.map(({ sku, itemId, candidates }) => [sku, { itemId, candidates: candidates ?? [] }])),
    till: new Map(till.map(({ itemId, isGone }) => [itemId, { isGone }])),
  };
}

function toPairs({ sku, action, itemId }: Decision, field: string, { catalog, till }: Known): Pair[] {
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
        throw refusal('nothing-to-decide', `${field}.sku`, `${sku} is not mapped`, 'Nothing needs to be done');
      return [{ sku, itemId: item.itemId, decision: 'rejected' }];
    case 'reject':
      if (itemId !== null && !till.has(itemId)) throw unknownItem(field, `there is no POS item ${itemId}`);
      if (itemId === null && candidates.length === 0) {
        throw refusal(
          'nothing-to-decide',
          `${field}.sku`,
          `${sku} has no candidates to reject`,
          'To end a mapping use "unmap"',
        );
      }
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
      if (till.get(itemId)?.isGone !== false) throw unknownItem(field, `there is no live POS item ${itemId}`);
      return [{ sku, itemId, decision: 'accepted' }];
  }
}

/** What is undone, and an earlier yes of SKUs that get a new one. @returns the POS items that were decided about. */
async function forget(tx: Transaction, tenant: string, decisions: Decision[], pairs: Pair[]) {
  const undone = decisions.filter(({ action }) => action === 'undo');
  const taken = await tx.execute<{ itemId: string }>(sql`
    delete from mapping_decisions d
    using jsonb_to_recordset(${JSON.stringify(undone)}::jsonb) as undone(sku text, "itemId" text)
    where d.tenant = ${tenant} and d.sku = undone.sku and d.item_id = coalesce(undone."itemId", d.item_id)
    returning d.item_id as "itemId"`);
  const accepted = pairs.filter(({ decision }) => decision === 'accepted').map(({ sku }) => sku);
  const replaced = await tx
    .delete(mappingDecisions)
    .where(
      and(
        eq(mappingDecisions.tenant, tenant),
        inArray(mappingDecisions.sku, accepted),
        eq(mappingDecisions.decision, 'accepted'),
      ),
    )
    .returning({ itemId: mappingDecisions.itemId });
  return [...taken, ...replaced];
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

function unknownItem(field: string, what: string): Problem {
  return refusal('unknown-item', `${field}.itemId`, what, 'Look its id up in Lightspeed, or in the mappings report');
}

function refusal(
  code: 'invalid' | 'unknown-item' | 'choice-unusable' | 'nothing-to-decide',
  field: string,
  what: string,
  remedy: string,
): Problem {
  return new Problem(code, `${field}: ${what}`, { field, remedy });
}
