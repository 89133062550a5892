import type { OrderExportSettings } from './settings.ts';
import { whyShopUnusable } from './why-unusable.ts';

/** What of Lightspeed the warnings of a step rest on. */
export interface WarningLists {
  shops: readonly { shopId: string; name: string; archived: boolean }[];
  registers: readonly { registerId: string; name: string; open: boolean }[];
  /** Those chosen for shipping and tax. */
  items: readonly { itemId: string; itemType: string }[];
}

/** A warning for each shop in use that feeds no location (R7). */
export function shopWarnings(stores: readonly { shopId: string }[], { shops }: Pick<WarningLists, 'shops'>): string[] {
  return shops
    .filter((shop) => !whyShopUnusable(shop) && !stores.some(({ shopId }) => shopId === shop.shopId))
    .map(
      ({ shopId, name }) =>
        `Shop "${name}" (${shopId}) is not mapped: its stock is not shown. It is best to map all shops.`,
    );
}

/** What an admin should know of an order export that works all the same. */
export function exportWarnings(
  settings: OrderExportSettings,
  { registers, items }: Pick<WarningLists, 'registers' | 'items'>,
): string[] {
  if (settings.mode === 'off') return ['Order export is off: orders wait until it is turned on.'];
  const chosen = new Set([settings, ...Object.values(settings.registerByLocation)].map(({ registerId }) => registerId));
  const closed = registers.filter(({ registerId, open }) => chosen.has(registerId) && !open);
  const stocked = items.filter(({ itemType }) => itemType !== 'non_inventory');
  return [
    ...closed.map(
      ({ name, registerId }) =>
        `Register "${name}" (${registerId}) is closed in Lightspeed; some accounts refuse sales on a closed register.`,
    ),
    ...stocked.map(
      ({ itemId }) => `Item ${itemId} has stock, which each web order lowers: better choose a non-inventory item.`,
    ),
  ];
}
