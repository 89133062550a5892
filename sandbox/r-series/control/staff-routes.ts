import { z } from 'zod';
import { allRights } from '../resources/employee-role.ts';
import type { ControlRoute } from './control-route.ts';
import { booksOf, Id, readControl, rowOf } from './control-route.ts';

const EmployeePatch = z.strictObject({
  lockOut: z.boolean().optional(),
  archived: z.boolean().optional(),
  admin: z.boolean().optional(),
  limitToShopId: Id.optional(),
});
const RegisterPatch = z.strictObject({
  open: z.boolean().optional(),
  archived: z.boolean().optional(),
  removed: z.boolean().optional(),
});
const Archiving = z.strictObject({ archived: z.boolean() });

/** What an owner changes in the till's settings. */
export const staffRoutes: readonly ControlRoute[] = [
  {
    method: 'PATCH',
    path: '/accounts/:account/employees/:employee',
    about: 'Locks out, archives, gives or takes the admin right {lockOut?, archived?, admin?, limitToShopId?}',
    run(input) {
      const { employees } = booksOf(input);
      const row = rowOf(employees, input.ids['employee']);
      const { lockOut, archived, admin, limitToShopId } = readControl(EmployeePatch, input.body);
      employees.update(row, {
        ...(lockOut !== undefined && { lockOut }),
        ...(archived !== undefined && { archived }),
        ...(limitToShopId !== undefined && { limitToShopID: limitToShopId }),
        ...(admin !== undefined && {
          employeeRoleID: 0,
          rights: allRights.filter((right) => admin || !right.startsWith('admin')),
        }),
        timeStamp: input.world.clock.now(),
      });
    },
  },
  {
    method: 'PATCH',
    path: '/accounts/:account/registers/:register',
    about: 'Opens, closes, archives or removes a register {open?, archived?, removed?}',
    run(input) {
      const { registers } = booksOf(input);
      const row = rowOf(registers, input.ids['register']);
      const { open, archived, removed } = readControl(RegisterPatch, input.body);
      if (removed) return registers.remove(row);
      registers.update(row, { ...(open !== undefined && { open }), ...(archived !== undefined && { archived }) });
    },
  },
  {
    method: 'PATCH',
    path: '/accounts/:account/shops/:shop',
    about: 'Archives a shop {archived}',
    run(input) {
      const { shops } = booksOf(input);
      shops.update(rowOf(shops, input.ids['shop']), {
        ...readControl(Archiving, input.body),
        timeStamp: input.world.clock.now(),
      });
    },
  },
  {
    method: 'PATCH',
    path: '/accounts/:account/payment-types/:type',
    about: 'Archives a payment type {archived}',
    run(input) {
      const { paymentTypes } = booksOf(input);
      paymentTypes.update(rowOf(paymentTypes, input.ids['type']), readControl(Archiving, input.body));
    },
  },
  {
    method: 'PATCH',
    path: '/accounts/:account/price-levels/:level',
    about: 'Archives a price level {archived}',
    run(input) {
      const { priceLevels } = booksOf(input);
      priceLevels.update(rowOf(priceLevels, input.ids['level']), readControl(Archiving, input.body));
    },
  },
];
