import { Big } from 'big.js';
import type { AccountBooks } from '../books/account-books.ts';
import type { Fields, RowOf } from '../books/row.ts';
import { bodyScalars } from '../wire/read-body.ts';
import type { Resource } from './resource.ts';

const fields = {
  itemShopID: 'id',
  qoh: 'number',
  backorder: 'number',
  onLayaway: 'number',
  onSpecialOrder: 'number',
  onWorkorder: 'number',
  reorderPoint: 'number',
  reorderLevel: 'number',
  timeStamp: 'time',
  itemID: 'id',
  shopID: 'id',
} as const satisfies Fields;

export type ItemShopRow = RowOf<typeof fields>;

const always = (value: string) => ({ kind: 'number' as const, shown: true, of: () => value });

const costOf = (row: ItemShopRow, books: AccountBooks): string => books.items.get(row.itemID)?.avgCost ?? '0';
const valueOf = (row: ItemShopRow, books: AccountBooks): string =>
  Number(row.qoh) > 0 ? new Big(row.qoh).times(costOf(row, books)).toFixed() : '0';

/** Stock of one item in one shop; shopID 0 is the sum over the shops. A row appears with an item's first stock. */
export const itemShop: Resource<ItemShopRow> = {
  name: 'ItemShop',
  key: 'itemShopID',
  fields,
  table: (books) => books.itemShops,
  rights: { read: ['inventory', 'inventory_read'], write: ['inventory'] },
  list: true,
  one: true,
  sortable: ['itemShopID', 'timeStamp'],
  computed: {
    sellable: { kind: 'number', shown: true, of: (row) => (row.qoh.startsWith('-') ? '0' : row.qoh) },
    componentQoh: always('0'),
    componentBackorder: always('0'),
    onTransferOut: always('0'),
    onTransferIn: always('0'),
    averageCost: {
      kind: 'number',
      shown: true,
      of(row, { books, switches }) {
        if (row.shopID === 0) return costOf(row, books);
        return switches.get('average-cost-row', books.account) === 'zero' ? '0' : undefined;
      },
    },
    nextFifoLotID: always('0'),
    nextFifoLotCost: { kind: 'number', shown: true, of: (row, { books }) => costOf(row, books) },
    lastReceivedLotID: always('0'),
    lastReceivedCost: { kind: 'number', shown: true, of: (row, { books }) => costOf(row, books) },
    totalValueFifo: { kind: 'number', shown: true, of: (row, { books }) => valueOf(row, books) },
    totalValueAvgCost: { kind: 'number', shown: true, of: (row, { books }) => valueOf(row, books) },
    totalValueNegativeInventory: always('0'),
  },
  update(row, body, call) {
    const values = bodyScalars<ItemShopRow>(fields, ['reorderPoint', 'reorderLevel'], body);
    return call.books.itemShops.update(row, { ...values, timeStamp: call.clock.now() });
  },
};
