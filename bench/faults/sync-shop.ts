import type { Random } from '../../sandbox/r-series/random.ts';
import type { Sandbox } from '../../sandbox/r-series/start-sandbox.ts';
import { upc } from '../../tests/inventory/upc.ts';
import type { Shop } from '../../tests/shop.ts';
import { createShop } from '../../tests/shop.ts';

/** A call of the till's control plane, relative to the account. */
export interface Edit {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

/** A retailer whose web shop sells every one of the `goods` that were put into the till. */
export interface SyncShop extends Shop {
  sandbox: Sandbox;
  itemIds: string[];
}

interface Place {
  apiUrl: string;
  sandbox: Sandbox;
  platformKey: string;
}

/**
 * Opens a shop with `goods` mapped by UPC and walks its wizard; the first sync is then under way.
 * @param original whose till it gets, as it stands now.
 */
export async function openSyncShop(
  place: Place,
  tenant: string,
  goods: number,
  original?: SyncShop,
): Promise<SyncShop> {
  const shop = await createShop(place.apiUrl, place.sandbox, tenant, place.platformKey);
  const itemIds: string[] = [];
  for (let n = 1; n <= goods; n += 1) {
    const stock = [{ shopId: '1', qoh: 5 }];
    const thing = { description: skuOf(n), upc: upc(n), prices: { Default: '10' }, stock };
    itemIds.push((await shop.till.call('POST', '/items', thing))['itemId'] as string);
  }
  const items = itemIds.map((_, index) => ({ sku: skuOf(index + 1), gtin1: upc(index + 1) }));
  await shop.storefront.expect('PUT', '/catalog/items', { items });
  const opened: SyncShop = { ...shop, sandbox: place.sandbox, itemIds };
  for (const edit of original ? allOf(original, itemIds) : []) await applyEdit(opened, edit);
  await shop.setUp();
  return opened;
}

/** What makes the items of a till just opened those of another. */
function allOf(original: SyncShop, itemIds: readonly string[]): Edit[] {
  const books = booksOf(original);
  return original.itemIds.map((originalId, index) => {
    const { itemID, archived, prices } = books.items.get(Number(originalId))!;
    const stock = books.itemShops
      .by('itemID', itemID)
      .filter(({ shopID }) => shopID !== 0)
      .map(({ shopID, qoh }) => ({ shopId: String(shopID), qoh }));
    const Default = prices.find(({ level }) => level === 1)!.amount;
    return { method: 'PATCH', path: `items/${itemIds[index]}`, body: { prices: { Default }, stock, archived } };
  });
}

export async function applyEdit({ till }: SyncShop, { method, path, body }: Edit): Promise<void> {
  await till.call(method, `/${path}`, body);
}

/** A change as a till sees many a day; now and then one that hides the item or shows it again. */
export function randomEdit(shop: SyncShop, random: Random): Edit {
  const itemId = random.pick(shop.itemIds);
  const kind = random.next();
  if (kind < 0.7) {
    const qoh = random.chance(0.12) ? random.whole(-2, 0) : random.whole(1, 12);
    return { method: 'PUT', path: 'stock', body: { itemId, shopId: random.pick(['1', '2']), qoh } };
  }
  if (kind < 0.95) {
    const prices = { Default: (random.whole(800, 1_200) / 100).toFixed(2) };
    return { method: 'PATCH', path: `items/${itemId}`, body: { prices } };
  }
  const isArchived = booksOf(shop).items.get(Number(itemId))!.archived;
  return { method: 'PATCH', path: `items/${itemId}`, body: { archived: !isArchived } };
}

/** What must be shown of each SKU, worked out from the till's own books alone; null: nothing, as it is archived. */
export function stateListings(shop: SyncShop): Map<string, string | null> {
  const books = booksOf(shop);
  return new Map(
    shop.itemIds.map((itemId, index) => {
      const item = books.items.get(Number(itemId))!;
      const shelves = books.itemShops.by('itemID', item.itemID);
      const onHand = (shopId: number) => Number(shelves.find(({ shopID }) => shopID === shopId)?.qoh ?? 0);
      const [harbour, mill] = [onHand(1), onHand(2)];
      const sum = harbour + mill;
      const total = Math.max(0, Math.min(Math.max(harbour, 0) + Math.max(mill, 0), sum));
      const price = Number(item.prices.find(({ level }) => level === 1)?.amount ?? 0).toFixed(2);
      const shown = inWords({
        displayed: sum > 0,
        quantity: total,
        quantityByLocation: { harbour: Math.max(harbour, 0), mill: Math.max(mill, 0) },
        price,
      });
      return [skuOf(index + 1), item.archived ? null : shown];
    }),
  );
}

interface ListingView {
  sku: string;
  removed: boolean;
  reason: string;
  displayed: boolean;
  quantity: number;
  quantityByLocation: Record<string, number>;
  price: string | null;
}

/** What a storefront that reads the whole feed has, in the same words. */
export async function readShown({ storefront }: SyncShop): Promise<Map<string, string | null>> {
  const shown = new Map<string, string | null>();
  for (let after = 0; ; ) {
    const page = await patiently(() => storefront.expect('GET', `/listings?after=${after}&limit=1000`));
    const listings = page['listings'] as ListingView[];
    if (listings.length === 0) return shown;
    for (const one of listings) {
      shown.set(one.sku, one.removed || one.reason === 'archived' ? null : inWords(one));
    }
    after = page['next'] as number;
  }
}

export function isDisplayed(words: string | null | undefined): boolean {
  return words?.startsWith('shown') === true;
}

/** Asks again while the API or what it stands on is being started anew. @throws the last error after a minute. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function inWords(listing: Pick<ListingView, 'displayed' | 'quantity' | 'quantityByLocation' | 'price'>): string {
  const { displayed, quantity, quantityByLocation, price } = listing;
  const { harbour = 0, mill = 0 } = quantityByLocation;
  return `${displayed ? 'shown' : 'hidden'}, ${quantity} (${harbour} + ${mill}), ${price}`;
}

function booksOf({ sandbox, accountId }: SyncShop) {
  return sandbox.world.accounts.get(Number(accountId))!;
}

function skuOf(number: number): string {
  return `SKU-${number}`;
}
