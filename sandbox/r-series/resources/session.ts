import type { WireObject } from '../wire/wire-json.ts';
import { currentRights } from './employee-role.ts';
import type { Call } from './resource.ts';

/** GET Session.json: who the token stands for and what they may do. Flat; rights that they lack are not named. */
export function sessionAnswer({ books, employeeID }: Call): WireObject {
  const employee = books.employees.need(employeeID);
  return {
    sessionID: '',
    sessionCookie: '',
    employeeID: String(employeeID),
    systemCustomerID: String(books.account),
    systemUserID: String(employeeID),
    systemAPIClientID: '1',
    systemAPIKeyID: '0',
    ecomUrl: '',
    shopCount: String([...books.shops.all()].filter((shop) => !shop.archived).length),
    Employee: {
      employeeID: String(employeeID),
      firstName: employee.firstName,
      lastName: employee.lastName,
      singleShop: String(employee.limitToShopID !== 0),
      hasPin: 'false',
      isCheckedIn: 'false',
      checkedInAt: '0',
    },
    Rights: Object.fromEntries(currentRights(books, employee).map((right) => [right, 'true'])),
  };
}
