import { z } from 'zod';
import { LightspeedError } from './lightspeed-error.ts';
import type { PagesParts } from './pages.ts';
import { allRows, pages } from './pages.ts';
import type { Till } from './till.ts';
import type { TillRequest } from './till-request.ts';
import { filterTime } from './till-request.ts';
import { itemParser, itemWithStockParser } from './wire/item.ts';
import { contentOf, rowsOf } from './wire/row-parser.ts';
import { stockParser } from './wire/stock.ts';

export type InventoryCalls = Pick<
  Till,
  | 'changedItemPages'
  | 'changedStockPages'
  | 'allItemPages'
  | 'newestItemTime'
  | 'newestStockTime'
  | 'countItems'
  | 'itemsById'
>;

/** The vendor's limit of an `IN` filter, and of a page. */
const mostIds = 100;
const countAnswer = z.object({ count: z.coerce.number().int().nonnegative() });

export function inventoryCalls(parts: PagesParts): InventoryCalls {
  const { call } = parts;
  const list = (resource: string, query: Record<string, string>): TillRequest => ({ method: 'GET', resource, query });
  // The sums over all shops would count everything twice.
  const shopRows = { shopID: '!=,0' };
  return {
    changedItemPages(since, cursor, options) {
      const query = { archived: 'true', timeStamp: `>=,${filterTime(since)}`, sort: 'timeStamp', limit: '100' };
      return pages(parts, list('Item', query), itemParser, cursor, options);
    },
    changedStockPages(since, cursor, options) {
      const query = { ...shopRows, timeStamp: `>=,${filterTime(since)}`, sort: 'timeStamp', limit: '100' };
      return pages(parts, list('ItemShop', query), stockParser, cursor, options);
    },
    allItemPages(cursor, options) {
      const request: TillRequest = { ...list('Item', { sort: 'itemID', limit: '100' }), relations: ['ItemShops'] };
      return pages(parts, request, itemWithStockParser, cursor, options);
    },
    async newestItemTime() {
      const answer = await call(list('Item', { archived: 'true', sort: '-timeStamp', limit: '1' }));
      return rowsOf(itemParser, answer.body)[0]?.timeStamp ?? null;
    },
    async newestStockTime() {
      const answer = await call(list('ItemShop', { ...shopRows, sort: '-timeStamp', limit: '1' }));
      return rowsOf(stockParser, answer.body)[0]?.timeStamp ?? null;
    },
    async countItems() {
      const answer = await call(list('Item', { count: '1' }));
      const parsed = countAnswer.safeParse(contentOf('Item', answer.body)['@attributes']);
      if (!parsed.success) throw new LightspeedError('malformed', 'Item: the answer holds no count');
      return parsed.data.count;
    },
    async itemsById(itemIds, options) {
      const found = [];
      for (let from = 0; from < itemIds.length; from += mostIds) {
        const ids = itemIds.slice(from, from + mostIds);
        const query = { itemID: `IN,[${ids.join(',')}]`, archived: 'true', limit: '100' };
        found.push(
          ...(await allRows(parts, { ...list('Item', query), relations: ['ItemShops'] }, itemWithStockParser, options)),
        );
      }
      return found;
    },
  };
}
