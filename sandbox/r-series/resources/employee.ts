import type { Fields, RowOf } from '../books/row.ts';
import { contact } from './contact.ts';
import { employeeRole, wireRights } from './employee-role.ts';
import type { Resource } from './resource.ts';

const fields = {
  employeeID: 'id',
  firstName: 'text',
  lastName: 'text',
  lockOut: 'flag',
  archived: 'flag',
  timeStamp: 'time',
  contactID: 'id',
  clockInEmployeeHoursID: 'id',
  employeeRoleID: 'id',
  limitToShopID: 'id',
  lastShopID: 'id',
  lastSaleID: 'id',
  lastRegisterID: 'id',
} as const satisfies Fields;

/** `rights` are the employee's own; they count only without a role. */
export type EmployeeRow = RowOf<typeof fields> & { rights: readonly string[] };

export const employee: Resource<EmployeeRow> = {
  name: 'Employee',
  key: 'employeeID',
  fields,
  table: (books) => books.employees,
  rights: { read: [], write: ['admin_employees', 'admin'] },
  list: true,
  one: true,
  sortable: ['employeeID', 'timeStamp'],
  relations: {
    Contact: { kind: 'one', resource: contact, via: 'contactID' },
    EmployeeRole: { kind: 'one', resource: employeeRole, via: 'employeeRoleID' },
    EmployeeRights: { kind: 'made', many: true, make: (row) => wireRights(row.rights) },
  },
};
