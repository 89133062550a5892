/**
 * Why something of the till can't be chosen in the wizard, in plain words; null if it can. The same words stand beside
 * it in the options and in the refusal of the step.
 */
export function whyShopUnusable(shop: { archived: boolean }): string | null {
  return shop.archived ? 'The shop is archived in Lightspeed' : null;
}

export function whyPriceLevelUnusable(level: { archived: boolean }): string | null {
  return level.archived ? 'The price level is archived in Lightspeed' : null;
}

export function whyRegisterUnusable(register: { archived: boolean }): string | null {
  return register.archived ? 'The register is archived in Lightspeed' : null;
}

/** @param shopIds the shops whose registers sell web orders: an employee limited to another can't be their seller. */
export function whyEmployeeUnusable(
  employee: { archived: boolean; lockedOut: boolean; limitToShopId: string | null },
  shopIds: readonly string[],
): string | null {
  if (employee.archived) return 'The employee is archived in Lightspeed';
  if (employee.lockedOut) return 'The employee is locked out of Lightspeed';
  const { limitToShopId } = employee;
  const isElsewhere = limitToShopId !== null && shopIds.some((shopId) => shopId !== limitToShopId);
  return isElsewhere ? `The employee is limited to shop ${limitToShopId}, where the register is not` : null;
}

/** Cash is trimmed into change, a gift card and a credit account draw on a balance: none of them is a web payment. */
const refusedTypes: readonly string[] = ['cash', 'gift card', 'credit account'];

export function whyPaymentTypeUnusable(paymentType: { archived: boolean; type: string }): string | null {
  if (paymentType.archived) return 'The payment type is archived in Lightspeed';
  const type = paymentType.type.toLowerCase();
  return refusedTypes.includes(type) ? `Payments of the type "${type}" can't be used for web orders` : null;
}
