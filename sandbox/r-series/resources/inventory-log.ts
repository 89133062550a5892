import type { Fields, RowOf } from '../books/row.ts';
import type { Resource } from './resource.ts';

const fields = {
  inventoryLogID: 'id',
  qohChange: 'number',
  costChange: 'number',
  createTime: 'time',
  automated: 'flag',
  reason: 'text',
  causedNegative: 'flag',
  employeeID: 'id',
  itemID: 'id',
  shopID: 'id',
  saleID: 'id',
} as const satisfies Fields;

export type InventoryLogRow = RowOf<typeof fields>;

/** What has moved stock; written only by the till. */
export const inventoryLog: Resource<InventoryLogRow> = {
  name: 'InventoryLog',
  key: 'inventoryLogID',
  fields,
  table: (books) => books.inventoryLogs,
  rights: { read: ['inventory_log', 'product_cost', 'all_read'], write: [] },
  list: true,
  one: false,
  sortable: ['inventoryLogID', 'createTime'],
};
