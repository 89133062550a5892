import type { AccountFacts } from '../domain/orders/account-facts.ts';
import type { Till } from './till.ts';

/** Reads from the till what exports must know of an account: five calls. @throws LightspeedError */
export async function readAccountLists(till: Till): Promise<AccountFacts> {
  const [taxCategories, shops, employees, registers, hasItemFees] = await Promise.all([
    till.taxCategories(),
    till.shops(),
    till.employees(),
    till.registers(),
    till.hasItemFees(),
  ]);
  return {
    taxCategories,
    hasItemFees,
    shops: shops.map(({ shopId, taxCategoryId, archived }) => ({ shopId, taxCategoryId, archived })),
    employees: employees.map(({ employeeId, archived, lockedOut, limitToShopId }) => {
      return { employeeId, archived, lockedOut, limitToShopId };
    }),
    registers: registers.map(({ registerId, shopId, archived }) => ({ registerId, shopId, archived })),
  };
}
