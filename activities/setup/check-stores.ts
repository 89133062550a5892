import type { StoreMapping } from '../../db/setup/save-store-mappings.ts';
import { Problem } from '../../domain/problem.ts';
import { shopWarnings } from '../../domain/setup/till-warnings.ts';
import { unusable } from '../../domain/setup/unusable.ts';
import { whyShopUnusable } from '../../domain/setup/why-unusable.ts';
import type { TillShop } from '../../lightspeed/till.ts';
import type { StoreChoice } from '../../workflows/messages/setup.ts';

/**
 * Holds the chosen shops and locations against the account's and the storefront's own.
 * @throws Problem naming the entry at fault: `unknown-shop`, `unknown-location`, `choice-unusable`.
 */
export function checkStores(
  { stores }: StoreChoice,
  shops: readonly TillShop[],
  locations: readonly { locationId: string; name: string }[],
): { stores: StoreMapping[]; warnings: string[] } {
  const seen = new Set<string>();
  const checked = stores.map(({ shopId, locationId }, index) => {
    const field = (name: string) => `stores[${index}].${name}`;
    const shop = shops.find((each) => each.shopId === shopId);
    if (!shop) {
      const remedy = `Choose one of the account's shops: ${listed(shops.map((each) => each.shopId))}`;
      throw new Problem('unknown-shop', `Lightspeed has no shop "${shopId}"`, { field: field('shopId'), remedy });
    }
    const why = whyShopUnusable(shop);
    if (why) throw unusable('shop', shopId, why, field('shopId'));
    if (seen.has(shopId)) {
      throw new Problem('choice-unusable', `Shop "${shopId}" is mapped twice: a shop feeds one location`, {
        field: field('shopId'),
        remedy: 'Map each shop once; many shops may feed one location',
      });
    }
    seen.add(shopId);
    if (!locations.some((each) => each.locationId === locationId)) {
      throw new Problem('unknown-location', `The storefront has declared no location "${locationId}"`, {
        field: field('locationId'),
        remedy: `Choose one of the declared locations: ${listed(locations.map((each) => each.locationId))}`,
      });
    }
    return { shopId, shopName: shop.name, locationId };
  });
  return { stores: checked, warnings: shopWarnings(checked, { shops }) };
}

function listed(ids: readonly string[]): string {
  return ids.length === 0 ? 'there is none yet' : ids.slice(0, 20).join(', ');
}
