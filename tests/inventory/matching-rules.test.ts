import { and, asc, eq, inArray } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Database } from '../../db/database.ts';
import { matchCatalog } from '../../db/inventory/match-catalog.ts';
import { mappingDecisions, mappings, posItems } from '../../db/schema/inventory.ts';
import { test } from '../stack-test.ts';
import { arrangeTenant, stockTill, stockWeb } from './arrange-tenant.ts';
import type { Catalogues, Decision, Verdict } from './matching-rules.ts';
import { matchPlainly } from './matching-rules.ts';

// Few enough that collisions are the rule: three products in several spellings, bad check digits, no codes at all.
const code = fc.constantFrom(
  null,
  null,
  '012345678905',
  '12345678905',
  '0-12345-67890-5',
  '00012345678905',
  '4006381333931',
  '4006381 333931',
  '96385074',
  '4006381333932',
  '400-6381333932',
  'ABC-1',
  '0000',
);
const mpn = fc.constantFrom(null, null, 'ab-12', 'AB 12', 'X9', 'x/9');
const brand = fc.constantFrom(null, 'Fox', 'FOX!', 'Giro');
const price = fc.constantFrom({ '1': '10' }, { '1': '10' }, { '1': '10' }, { '1': '0' }, { '2': '10' });

const webItem = fc.record({ gtin1: code, gtin2: code, mpn, brand });
const tillThing = fc.record({ upc: code, ean: code, mpn, brand, archived: rarely(), retired: rarely(), prices: price });
const decision = fc.record({
  sku: fc.nat(4).map((n) => `s${n}`),
  itemId: fc.nat(4).map((n) => `${n}`),
  decision: fc.constantFrom('accepted' as const, 'rejected' as const),
});

const catalogues = fc
  .record({
    web: fc.array(webItem, { minLength: 1, maxLength: 5 }),
    till: fc.array(tillThing, { maxLength: 5 }),
    decisions: fc.uniqueArray(decision, { maxLength: 3, selector: (d) => `${d.sku}/${d.itemId}` }),
  })
  .map(
    ({ web, till, decisions }): Catalogues => ({
      web: web.map((item, n) => ({ ...item, sku: `s${n}` })),
      till: till.map(({ upc, ean, mpn, brand, archived, prices }, n) => ({
        itemId: `${n}`,
        upc,
        ean,
        mpn,
        brand,
        archived,
        prices: { '1': '0', ...prices } as Record<string, string>,
      })),
      retired: till.flatMap(({ retired }, n) => (retired ? [`${n}`] : [])),
      decisions,
    }),
  );

test('a catalogue is matched by the rules, whatever order it came in (R16–R20)', async ({ db }) => {
  await fc.assert(
    fc.asyncProperty(catalogues, async (world) => {
      const stated = matchPlainly(world, new Map());
      const forwards = await arrangeTenant(db);
      const backwards = await arrangeTenant(db);
      await stock(db, forwards, world);
      await stock(db, backwards, { ...world, web: world.web.toReversed(), till: world.till.toReversed() });
      await match(db, forwards);
      await match(db, backwards);
      expect(await verdicts(db, forwards)).toEqual(stated);
      expect(await verdicts(db, backwards)).toEqual(stated);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});

test('a mapping is one to one, keeps what a person decided, and is not written again (R20)', async ({ db }) => {
  await fc.assert(
    fc.asyncProperty(catalogues, catalogues, async (first, second) => {
      // The same items with other keys, archived or back: what a day at the till and in the web shop does.
      const later = { ...second, till: [...second.till, ...first.till.slice(second.till.length)] };
      const tenant = await arrangeTenant(db);
      await stock(db, tenant, first);
      await match(db, tenant);
      const before = await verdicts(db, tenant);
      await stock(db, tenant, later);
      await match(db, tenant);
      const after = await verdicts(db, tenant);
      expect(after).toEqual(matchPlainly(later, before));
      const taken = [...after.values()].flatMap(({ itemId }) => itemId ?? []);
      expect(new Set(taken).size).toBe(taken.length);
      expect(await match(db, tenant)).toBe(0);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});

function rarely() {
  return fc.nat(5).map((n) => n === 0);
}

function match(db: Database, tenant: string): Promise<number> {
  return db.transaction((tx) => matchCatalog(tx, tenant, 'everything'));
}

async function stock(db: Database, tenant: string, { web, till, retired, decisions }: Catalogues): Promise<void> {
  await stockWeb(db, tenant, web);
  await stockTill(db, tenant, till);
  const gone = and(eq(posItems.tenant, tenant), inArray(posItems.itemId, retired));
  await db.update(posItems).set({ retiredAt: new Date() }).where(gone);
  await db.delete(mappingDecisions).where(eq(mappingDecisions.tenant, tenant));
  if (decisions.length > 0) await db.insert(mappingDecisions).values(decisions.map(row(tenant)));
}

function row(tenant: string) {
  return (decision: Decision, place: number) => ({
    tenant,
    ...decision,
    decidedAt: new Date(1_000_000 + place * 1_000),
  });
}

async function verdicts(db: Database, tenant: string): Promise<Map<string, Verdict>> {
  const rows = await db.select().from(mappings).where(eq(mappings.tenant, tenant)).orderBy(asc(mappings.sku));
  return new Map(
    rows.map(({ sku, state, itemId, matchedBy, candidates }) => [
      sku,
      { state, itemId, key: matchedBy, candidates: candidates.map((one) => `${one.itemId}/${one.key}`).sort() },
    ]),
  );
}
