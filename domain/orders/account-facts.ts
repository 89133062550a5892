import type { TaxCategory } from './choose-tax.ts';

/** An account's lists as an export needs them: to choose the tax, and to see that employee and register still serve. */
export interface AccountFacts {
  taxCategories: (TaxCategory & { tax1Name: string })[];
  shops: { shopId: string; taxCategoryId: string | null; archived: boolean }[];
  employees: { employeeId: string; archived: boolean; lockedOut: boolean; limitToShopId: string | null }[];
  /** The till may add fees of its own to what is sold. */
  hasItemFees: boolean;
  registers: { registerId: string; shopId: string; archived: boolean }[];
}
