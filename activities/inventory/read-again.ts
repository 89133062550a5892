import type { Database } from '../../db/database.ts';
import { listKnownItems, witnesses } from '../../db/inventory/list-known-items.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { Till, TillItemWithStock } from '../../lightspeed/till.ts';

/** The vendor's limit of ids in one call, less those asked for along with others. */
export const idsPerCall = 100 - witnesses;

/**
 * Reads items by id once more, at most `idsPerCall`: who is left out of the answer is gone. Along with them it asks for
 * some that are known to be there: an answer without any of these has lost its rows, and tells nothing; where none is
 * known, the till must count none for an empty answer to hold.
 * @throws LightspeedError `malformed` for such an answer.
 */
export async function readAgain(
  db: Database,
  till: Till,
  tenant: string,
  itemIds: string[],
): Promise<TillItemWithStock[]> {
  if (itemIds.length === 0) return [];
  const known = await listKnownItems(db, tenant, itemIds);
  const found = await till.itemsById([...itemIds, ...known]);
  const isAnswered = known.length > 0 ? found.some(({ itemId }) => known.includes(itemId)) : found.length > 0;
  if (!isAnswered && (known.length > 0 || (await till.countItems()) > 0)) {
    throw new LightspeedError('malformed', 'Item: the answer leaves out items that are there');
  }
  return found.filter(({ itemId }) => !known.includes(itemId));
}
