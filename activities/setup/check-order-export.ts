import type { ProblemCode } from '../../domain/problem.ts';
import { Problem } from '../../domain/problem.ts';
import type { ActiveOrderExportSettings } from '../../domain/setup/settings.ts';
import { exportWarnings } from '../../domain/setup/till-warnings.ts';
import { unusable } from '../../domain/setup/unusable.ts';
import { whyEmployeeUnusable, whyPaymentTypeUnusable, whyRegisterUnusable } from '../../domain/setup/why-unusable.ts';
import type { TillEmployee, TillItem, TillPaymentType, TillRegister } from '../../lightspeed/till.ts';
import type { OrderExportChoice } from '../../workflows/messages/setup.ts';

/** What the till and the storefront have to choose from. */
export interface OrderExportLists {
  employees: readonly TillEmployee[];
  registers: readonly TillRegister[];
  paymentTypes: readonly TillPaymentType[];
  items: readonly Pick<TillItem, 'itemId' | 'archived' | 'itemType'>[];
  locationIds: readonly string[];
}

/**
 * Holds every choice against the account's live lists (R27) and reads each register's shop.
 * @throws Problem naming the first field at fault.
 */
export function checkOrderExport(
  choice: OrderExportChoice & { mode: 'dry-run' | 'on' },
  lists: OrderExportLists,
): { settings: ActiveOrderExportSettings; warnings: string[] } {
  const register = requireRegister(lists.registers, choice.registerId, 'registerId');
  const byLocation = Object.entries(choice.registerByLocation).map(([locationId, registerId]) => {
    const field = `registerByLocation.${locationId}`;
    if (!lists.locationIds.includes(locationId)) {
      refuse('unknown-location', `The storefront has declared no location "${locationId}"`, field);
    }
    return [locationId, requireRegister(lists.registers, registerId, field)] as const;
  });
  const registers = [register, ...byLocation.map(([, each]) => each)];

  const employee = lists.employees.find((each) => each.employeeId === choice.employeeId);
  if (!employee) refuse('unknown-employee', `Lightspeed has no employee "${choice.employeeId}"`, 'employeeId');
  const why = whyEmployeeUnusable(
    employee,
    registers.map((each) => each.shopId),
  );
  if (why) throw unusable('employee', choice.employeeId, why, 'employeeId');

  requirePaymentType(lists.paymentTypes, choice.defaultPaymentTypeId, 'defaultPaymentTypeId');
  for (const [method, id] of Object.entries(choice.paymentTypes)) {
    requirePaymentType(lists.paymentTypes, id, `paymentTypes.${method}`);
  }
  for (const field of ['shippingItemId', 'taxItemId'] as const) {
    if (choice[field] !== null) requireItem(lists.items, choice[field], field);
  }

  const { exportFrom: _dropped, ...rest } = choice;
  const places = byLocation.map(([locationId, { registerId, shopId }]) => [locationId, { registerId, shopId }]);
  const settings = { ...rest, shopId: register.shopId, registerByLocation: Object.fromEntries(places) };
  return { settings, warnings: exportWarnings(settings, lists) };
}

function requireRegister(registers: readonly TillRegister[], id: string, field: string): TillRegister {
  const register = registers.find((each) => each.registerId === id);
  if (!register) refuse('unknown-register', `Lightspeed has no register "${id}"`, field);
  const why = whyRegisterUnusable(register);
  if (why) throw unusable('register', id, why, field);
  return register;
}

function requirePaymentType(types: readonly TillPaymentType[], id: string, field: string): void {
  const type = types.find((each) => each.paymentTypeId === id);
  if (!type) refuse('unknown-payment-type', `Lightspeed has no payment type "${id}"`, field);
  const why = whyPaymentTypeUnusable(type);
  if (why) throw unusable('payment type', id, why, field);
}

function requireItem(items: OrderExportLists['items'], id: string, field: string): void {
  const item = items.find((each) => each.itemId === id);
  if (!item) refuse('unknown-item', `Lightspeed has no item "${id}"`, field);
  if (item.archived) throw unusable('item', id, 'The item is archived in Lightspeed', field);
}

function refuse(code: ProblemCode, message: string, field: string): never {
  throw new Problem(code, message, { field, remedy: 'GET …/setup/options lists what can be chosen' });
}
