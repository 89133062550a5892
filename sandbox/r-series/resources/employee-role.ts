import type { AccountBooks } from '../books/account-books.ts';
import type { Fields, RowOf } from '../books/row.ts';
import type { WireValue } from '../wire/wire-json.ts';
import { oneOrMany } from '../wire/wire-json.ts';
import type { EmployeeRow } from './employee.ts';
import type { Resource } from './resource.ts';

const fields = { employeeRoleID: 'id', name: 'text' } as const satisfies Fields;

export type EmployeeRoleRow = RowOf<typeof fields> & { rights: readonly string[] };

/** All rights of a till, in the order that gives them their ids. `admin` is what a connection needs. */
export const allRights = [
  'allow_login',
  'timeclock',
  'dashboard',
  'reports',
  'inventory',
  'inventory_read',
  'inventory_base',
  'register',
  'register_read',
  'register_refund',
  'register_open',
  'register_layaway',
  'special_orders',
  'customers',
  'customers_read',
  'categories',
  'manufacturers',
  'vendors',
  'vendor_returns',
  'purchase_orders',
  'transfers',
  'inventory_counts',
  'inventory_counts_reconcile',
  'inventory_log',
  'product_cost',
  'product_edit',
  'tags',
  'workbench',
  'customers_view_gift_card_numbers',
  'admin',
  'admin_shops',
  'admin_employees',
  'admin_purchases',
  'admin_void_sale',
  'admin_inventory',
] as const;

/** No endpoint of its own: it comes with employees. */
export const employeeRole: Resource<EmployeeRoleRow> = {
  name: 'EmployeeRole',
  key: 'employeeRoleID',
  fields,
  table: (books) => books.employeeRoles,
  rights: { read: [], write: [] },
  list: false,
  one: false,
  sortable: [],
  relations: { EmployeeRights: { kind: 'made', many: true, make: (row) => wireRights(row.rights) } },
};

/** The rights that count now: those of the role, or the employee's own where there is none. Locked out: none. */
export function currentRights(books: AccountBooks, row: EmployeeRow): readonly string[] {
  if (row.lockOut || row.archived) return [];
  return row.employeeRoleID === 0 ? row.rights : (books.employeeRoles.get(row.employeeRoleID)?.rights ?? []);
}

/** Rights as a relation has them; absent when there are none. */
export function wireRights(rights: readonly string[]): WireValue | undefined {
  const value = oneOrMany(
    rights.map((name) => ({ employeeRightID: String(1 + (allRights as readonly string[]).indexOf(name)), name })),
  );
  return value === undefined ? undefined : { EmployeeRight: value };
}
