import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { decideListings } from '../../db/inventory/decide-listings.ts';
import { touch } from '../../db/inventory/touch.ts';
import { mappingDecisions, mappings, posItems } from '../../db/schema/inventory.ts';
import { test } from '../stack-test.ts';
import type { TillThing, WebItem } from './arrange-tenant.ts';
import { arrangeTenant, stockTill, stockWeb } from './arrange-tenant.ts';

const upc = '012345678905';
const ean = '4006381333931';

/** The first of `web` is the item looked at. */
interface Case {
  web: Omit<WebItem, 'sku'> | Omit<WebItem, 'sku'>[];
  till: Omit<TillThing, 'itemId'>[];
  state: string;
  key?: string;
  says?: RegExp;
}

const cases: [string, Case][] = [
  ['R16: the UPC matches GTIN1', { web: { gtin1: upc }, till: [{ upc }], state: 'mapped', key: 'gtin1-upc' }],
  ['R17: the EAN matches GTIN2', { web: { gtin2: ean }, till: [{ ean }], state: 'mapped', key: 'gtin2-ean' }],
  [
    'a UPC in the EAN field matches too',
    { web: { gtin1: upc }, till: [{ ean: `0${upc}` }], state: 'mapped', key: 'gtin1-ean' },
  ],
  [
    'an EAN in the UPC field matches too',
    { web: { gtin2: ean }, till: [{ upc: ean }], state: 'mapped', key: 'gtin2-upc' },
  ],
  ['a GTIN-8 matches', { web: { gtin1: '96385074' }, till: [{ upc: '9638-5074' }], state: 'mapped' }],
  ['a GTIN-14 matches its GTIN-13', { web: { gtin1: `0${ean}` }, till: [{ upc: ean }], state: 'mapped' }],
  [
    'a GTIN-14 of a box is not the GTIN-13 of what is in it',
    { web: { gtin1: '14006381333938' }, till: [{ upc: ean }], state: 'unmatched' },
  ],
  [
    'both codes at one item are one match, by the first (R16)',
    { web: { gtin1: upc, gtin2: ean }, till: [{ upc, ean }], state: 'mapped', key: 'gtin1-upc' },
  ],
  [
    'spaces, dashes and a lost zero make no difference',
    { web: { gtin1: '0 12345-67890 5' }, till: [{ upc: '12345678905' }], state: 'mapped' },
  ],
  [
    'R18: the manufacturer SKU matches the MPN of an item without a code',
    { web: { mpn: 'ab-12/3' }, till: [{ mpn: 'AB 123' }], state: 'mapped', key: 'mpn' },
  ],
  [
    'R18: an item with a code is not matched by its MPN alone',
    { web: { mpn: 'AB123' }, till: [{ mpn: 'AB123', upc }], state: 'pending', says: /code/ },
  ],
  [
    'an MPN of another brand waits for a person (R20)',
    { web: { mpn: 'AB123', brand: 'Fox' }, till: [{ mpn: 'AB123', brand: 'Giro' }], state: 'pending', says: /brand/ },
  ],
  [
    'two POS items with one MPN wait for a person (R20)',
    { web: { mpn: 'AB123' }, till: [{ mpn: 'AB123' }, { mpn: 'ab123' }], state: 'pending', says: /Several POS items/ },
  ],
  [
    'two POS items with one code are ambiguous',
    { web: { gtin1: upc }, till: [{ upc }, { upc }], state: 'ambiguous', says: /several POS items/ },
  ],
  [
    'keys that point at different items are ambiguous',
    { web: { gtin1: upc, gtin2: ean }, till: [{ upc }, { ean }], state: 'ambiguous', says: /several POS items/ },
  ],
  [
    'one POS item wanted by two catalogue items is ambiguous for both',
    { web: [{ gtin1: upc }, { gtin1: upc }], till: [{ upc }], state: 'ambiguous', says: /Several catalogue items/ },
  ],
  [
    'one POS item wanted by the UPC of one and the EAN of another catalogue item is ambiguous',
    {
      web: [{ gtin1: upc }, { gtin2: ean }],
      till: [{ upc, ean }],
      state: 'ambiguous',
      says: /Several catalogue items/,
    },
  ],
  [
    'duplicates on both sides are ambiguous, with every candidate',
    {
      web: [{ gtin1: upc }, { gtin1: upc }],
      till: [{ upc }, { upc }],
      state: 'ambiguous',
      says: /Several POS items and/,
    },
  ],
  [
    'an MPN that two catalogue items bear waits for a person (R20)',
    {
      web: [{ mpn: 'AB123' }, { mpn: 'ab 123' }],
      till: [{ mpn: 'AB123' }],
      state: 'pending',
      says: /Several catalogue items/,
    },
  ],
  [
    'R18: an MPN of the same brand, spelled otherwise, is mapped',
    {
      web: { mpn: 'ab-123', brand: 'Fox Racing' },
      till: [{ mpn: 'AB 123.', brand: 'FOX-RACING' }],
      state: 'mapped',
      key: 'mpn',
    },
  ],
  [
    'R18: an MPN is mapped where one side names no brand',
    { web: { mpn: 'AB123', brand: 'Fox' }, till: [{ mpn: 'AB123' }], state: 'mapped', key: 'mpn' },
  ],
  [
    'a bad check digit matches the identical string in the other field too, and waits',
    { web: { gtin2: '0123-45678904' }, till: [{ upc: '012345678904' }], state: 'pending', says: /no valid GTIN/ },
  ],
  [
    'a bad check digit matches the identical string, and waits',
    { web: { gtin1: '012345678904' }, till: [{ upc: '012345678904' }], state: 'pending', says: /no valid GTIN/ },
  ],
  [
    'a bad check digit matches nothing else',
    { web: { gtin1: '012345678904' }, till: [{ upc: '12345678904' }], state: 'unmatched', says: /compare UPC, EAN/ },
  ],
  [
    'equal codes with another MPN and another brand wait',
    {
      web: { gtin1: upc, mpn: 'A', brand: 'Fox' },
      till: [{ upc, mpn: 'B', brand: 'Giro' }],
      state: 'pending',
      says: /MPN\/GTIN mismatch/,
    },
  ],
  [
    'equal codes of another brand alone are mapped: a shop may call it by another name',
    {
      web: { gtin1: upc, mpn: 'A', brand: 'Fox' },
      till: [{ upc, mpn: 'a', brand: 'Giro' }],
      state: 'mapped',
    },
  ],
  [
    'R19: an item without keys says so',
    { web: {}, till: [{ upc }], state: 'missing-keys', says: /GTIN1, GTIN2 or MPN/ },
  ],
  [
    'R19: an item without a price says so, and keeps its mapping',
    {
      web: { gtin1: upc },
      till: [{ upc, prices: { '1': '0' } }],
      state: 'missing-price',
      key: 'gtin1-upc',
      says: /no price/,
    },
  ],
];

test.for(cases)('%s', async ([, { web, till, state, key, says }], { db }) => {
  const tenant = await arrangeTenant(db);
  await stockWeb(
    db,
    tenant,
    [web].flat().map((item, place) => ({ sku: 'AB'[place]!, ...item })),
  );
  await stockTill(
    db,
    tenant,
    till.map((item, place) => ({ itemId: `${place}`, ...item })),
  );
  await decideListings(db, tenant, 1_000);
  const [mapping] = await db.select().from(mappings).where(eq(mappings.tenant, tenant)).orderBy(mappings.sku);
  expect(mapping).toMatchObject({ state, matchedBy: key ?? (state === 'mapped' ? 'gtin1-upc' : null) });
  expect(mapping!.reason).toMatch(says ?? /\w+/);
  expect(mapping!.candidates).toHaveLength(['pending', 'ambiguous'].includes(state) ? till.length : 0);
});

test('a person’s yes and no outlive what later syncs find (R20)', async ({ db }) => {
  const tenant = await arrangeTenant(db);
  await stockWeb(db, tenant, [
    { sku: 'A', gtin1: upc },
    { sku: 'B', gtin1: ean },
  ]);
  await stockTill(db, tenant, [
    { itemId: '1', upc },
    { itemId: '2', upc: ean },
    { itemId: '3', mpn: 'X' },
  ]);
  await db.insert(mappingDecisions).values([
    { tenant, sku: 'A', itemId: '3', decision: 'accepted' },
    { tenant, sku: 'B', itemId: '2', decision: 'rejected' },
  ]);
  for (let sync = 0; sync < 2; sync += 1) {
    await decideListings(db, tenant, 1_000);
    const rows = await db.select().from(mappings).where(eq(mappings.tenant, tenant)).orderBy(mappings.sku);
    expect(rows).toMatchObject([
      { sku: 'A', state: 'manual', itemId: '3' },
      { sku: 'B', state: 'rejected', itemId: null },
    ]);
    await stockTill(db, tenant, [{ itemId: '4', upc: '96385074' }]);
  }
});

test('an item replaced by another with the same UPC hands its mapping on', async ({ db }) => {
  const tenant = await arrangeTenant(db);
  await stockWeb(db, tenant, [{ sku: 'A', gtin1: upc }]);
  await stockTill(db, tenant, [{ itemId: '1', upc }]);
  await decideListings(db, tenant, 1_000);
  const mapped = async () => (await db.select().from(mappings).where(eq(mappings.tenant, tenant)))[0]?.itemId;
  expect(await mapped()).toBe('1');
  await stockTill(db, tenant, [{ itemId: '1', upc, archived: true }]);
  await decideListings(db, tenant, 1_000);
  expect(await mapped()).toBe('1');
  await stockTill(db, tenant, [{ itemId: '2', upc }]);
  await decideListings(db, tenant, 1_000);
  expect(await mapped()).toBe('2');
});

test('a mapping follows its keys: to another item, to none, to several and back', async ({ db }) => {
  const tenant = await arrangeTenant(db);
  const decided = async () => {
    await decideListings(db, tenant, 1_000);
    const [row] = await db.select().from(mappings).where(eq(mappings.tenant, tenant));
    return `${row!.state} ${row!.itemId ?? '-'}`;
  };
  await stockWeb(db, tenant, [{ sku: 'A', gtin1: upc }]);
  await stockTill(db, tenant, [
    { itemId: '1', upc },
    { itemId: '2', upc: ean },
  ]);
  expect(await decided()).toBe('mapped 1');
  await stockWeb(db, tenant, [{ sku: 'A', gtin1: ean }]);
  expect(await decided()).toBe('mapped 2');
  await stockTill(db, tenant, [{ itemId: '2', upc: '96385074' }]);
  expect(await decided()).toBe('unmatched -');
  await stockTill(db, tenant, [
    { itemId: '1', upc: ean },
    { itemId: '2', upc: ean },
  ]);
  expect(await decided()).toBe('ambiguous -');
  await stockTill(db, tenant, [{ itemId: '1', upc }]);
  expect(await decided()).toBe('mapped 2');
});

test('a person’s yes outlives archiving, un-archiving, a full pull without the item, and other keys (R20)', async ({
  db,
}) => {
  const tenant = await arrangeTenant(db);
  await stockWeb(db, tenant, [{ sku: 'A', gtin1: upc }]);
  await stockTill(db, tenant, [{ itemId: '1', upc }, { itemId: '2' }]);
  await db.insert(mappingDecisions).values({ tenant, sku: 'A', itemId: '2', decision: 'accepted' });
  const decided = async () => {
    await decideListings(db, tenant, 1_000);
    const [row] = await db.select().from(mappings).where(eq(mappings.tenant, tenant));
    return `${row!.state} ${row!.itemId}: ${row!.reason}`;
  };
  expect(await decided()).toBe('manual 2: Chosen by a person.');
  await stockTill(db, tenant, [{ itemId: '2', archived: true }]);
  expect(await decided()).toMatch(/^manual 2: .* un-archive it in Lightspeed/);
  await stockTill(db, tenant, [{ itemId: '2' }]);
  expect(await decided()).toBe('manual 2: Chosen by a person.');
  await db.transaction(async (tx) => {
    await tx.update(posItems).set({ retiredAt: new Date() }).where(eq(posItems.itemId, '2'));
    await touch(tx, tenant, 'till', ['2']);
  });
  expect(await decided()).toMatch(/^manual 2: .* un-archive it in Lightspeed/);
  await stockTill(db, tenant, [{ itemId: '2', upc: ean, mpn: 'OTHER' }]);
  await stockWeb(db, tenant, [{ sku: 'A', gtin1: '96385074', mpn: 'ELSE' }]);
  expect(await decided()).toBe('manual 2: Chosen by a person.');
});

test('an archived item that a person gives to another SKU is not mapped twice (R20)', async ({ db }) => {
  const tenant = await arrangeTenant(db);
  await stockWeb(db, tenant, [{ sku: 'A', gtin1: upc }, { sku: 'B' }]);
  await stockTill(db, tenant, [{ itemId: '1', upc }]);
  await decideListings(db, tenant, 1_000);
  await stockTill(db, tenant, [{ itemId: '1', upc, archived: true }]);
  await db.insert(mappingDecisions).values({ tenant, sku: 'B', itemId: '1', decision: 'accepted' });
  await decideListings(db, tenant, 1_000);
  const rows = await db.select().from(mappings).where(eq(mappings.tenant, tenant)).orderBy(mappings.sku);
  expect(rows).toMatchObject([
    { sku: 'A', state: 'unmatched', itemId: null },
    { sku: 'B', state: 'manual', itemId: '1' },
  ]);
});
