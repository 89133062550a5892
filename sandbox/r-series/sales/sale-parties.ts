import type { CustomerRow } from '../resources/customer.ts';
import { createCustomer } from '../resources/customer.ts';
import type { EmployeeRow } from '../resources/employee.ts';
import type { RegisterRow } from '../resources/register.ts';
import type { Call } from '../resources/resource.ts';
import type { ShopRow } from '../resources/shop.ts';
import type { Body } from '../wire/read-body.ts';
import { isBody } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';

/** The register, if it can take a sale. @throws Refusal 400 if it is unknown or archived */
export function saleRegister(registerID: number, { books }: Call): RegisterRow {
  const register = books.registers.get(registerID);
  if (!register) throw unknown('Register', registerID);
  if (register.archived) throw new Refusal(400, `Register ${registerID} is archived.`);
  return register;
}

/** The shop, if it can sell. @throws Refusal 400 if it is unknown or archived, or the register is another shop's */
export function saleShop(shopID: number, register: RegisterRow | undefined, { books }: Call): ShopRow {
  const shop = books.shops.get(shopID);
  if (!shop) throw unknown('Shop', shopID);
  if (shop.archived) throw new Refusal(400, `Shop ${shopID} is archived.`);
  if (register && register.shopID !== shopID)
    throw new Refusal(400, `Register ${register.registerID} does not belong to Shop ${shopID}.`);
  return shop;
}

/** The employee, if they may sell here. @throws Refusal 400 if unknown, archived, locked out or limited to another shop */
export function saleEmployee(employeeID: number, shopID: number, { books }: Call): EmployeeRow {
  const employee = books.employees.get(employeeID);
  if (!employee) throw unknown('Employee', employeeID);
  if (employee.archived || employee.lockOut)
    throw new Refusal(400, `Employee ${employeeID} is archived or locked out.`);
  if (employee.limitToShopID !== 0 && employee.limitToShopID !== shopID) {
    throw new Refusal(400, `Employee ${employeeID} is limited to Shop ${employee.limitToShopID}.`);
  }
  return employee;
}

/** The customer by id, or the one nested in the sale, created on the way; undefined for none. @throws Refusal 400 */
export function saleCustomer(customerID: number, body: Body, call: Call): CustomerRow | undefined {
  const nested = isBody(body['Customer']) ? body['Customer'] : undefined;
  const id = customerID || Number(nested?.['customerID'] ?? 0);
  if (id === 0) return nested && createCustomer(nested, call);
  const customer = call.books.customers.get(id);
  if (!customer) throw unknown('Customer', id);
  if (customer.archived) throw new Refusal(400, `Customer ${id} is archived.`);
  return customer;
}

function unknown(name: string, id: number): Refusal {
  return new Refusal(400, `Object of type '${name}' not found with primary ID '${id}'.`);
}
