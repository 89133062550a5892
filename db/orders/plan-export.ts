import type { AccountFacts } from '../../domain/orders/account-facts.ts';
import type { PlanRefusal } from '../../domain/orders/plan-refusal.ts';
import type { SalePlan } from '../../domain/orders/plan-sale.ts';
import { planSale } from '../../domain/orders/plan-sale.ts';
import { withoutRefundedUnits } from '../../domain/orders/refunded-units.ts';
import { defaultTolerance } from '../../domain/setup/default-settings.ts';
import type { ActiveOrderExportSettings } from '../../domain/setup/settings.ts';
import type { OrderFacts } from './load-order-facts.ts';

export type Unplannable = { kind: 'attention'; code: string; message: string; remedy: string };

/**
 * The sale that an order would become now: the same facts always give the same sale. Comes back as what a person must
 * decide when employee or register no longer serve (R27), or the order does not add up.
 */
export function planExport(
  {
    snapshot,
    payments,
    refunds,
    mappings,
    ledger,
  }: Pick<OrderFacts, 'snapshot' | 'payments' | 'refunds' | 'mappings' | 'ledger'>,
  settings: ActiveOrderExportSettings,
  account: AccountFacts,
): SalePlan | PlanRefusal | Unplannable {
  try {
    const plan = planSale({
      order: withoutRefundedUnits(snapshot!, refunds),
      payments,
      refunds,
      mappings,
      settings: {
        ...settings,
        tolerance: defaultTolerance,
        acceptedDifference: ledger.acceptedDifference,
        acceptedTax: ledger.acceptedTax,
      },
      account: {
        taxCategories: account.taxCategories,
        defaultTaxCategoryId: defaultTaxCategory(account, settings.shopId)?.taxCategoryId ?? null,
        isTaxInclusive: defaultTaxCategory(account, settings.shopId)?.isTaxInclusive ?? false,
        hasItemFees: account.hasItemFees,
      },
    });
    return plan.kind === 'plan' ? (unusable(plan, account) ?? plan) : plan;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const remedy = 'Correct the order in the storefront, or book the sale by hand and settle the order';
    return { kind: 'attention', code: 'order-unreadable', message: error.message, remedy };
  }
}

/** Why the plan's employee or register can't make its sale; null if they can. */
export function unusable(
  { employeeId, registerId, shopId }: Pick<SalePlan, 'employeeId' | 'registerId' | 'shopId'>,
  { employees, registers }: AccountFacts,
): Unplannable | null {
  const employee = employees.find((each) => each.employeeId === employeeId);
  const remedy = 'Choose another in the order export step of the setup, and the order goes on';
  const refuse = (code: string, message: string): Unplannable => ({ kind: 'attention', code, message, remedy });
  if (!employee || employee.archived) return refuse('employee-unusable', 'The employee for web orders is archived');
  if (employee.lockedOut) return refuse('employee-unusable', 'The employee for web orders is locked out');
  if (employee.limitToShopId !== null && employee.limitToShopId !== shopId) {
    return refuse('employee-unusable', 'The employee for web orders is limited to another shop');
  }
  const register = registers.find((each) => each.registerId === registerId);
  if (!register || register.archived) return refuse('register-unusable', 'The register for web orders is archived');
  return register.shopId === shopId
    ? null
    : refuse('register-unusable', 'The register for web orders belongs to another shop now');
}

function defaultTaxCategory({ shops, taxCategories }: AccountFacts, shopId: string) {
  const id = shops.find((shop) => shop.shopId === shopId)?.taxCategoryId;
  return taxCategories.find(({ taxCategoryId }) => taxCategoryId === id);
}
