import type { OrderExportSettings } from './settings.ts';

/** No item of the till has a price there. */
export function emptyLevelWarning(priceLevelId: string): string {
  return `No item has a price at price level "${priceLevelId}": nothing will show a price of it.`;
}

/** A status that was declared when it was chosen may be gone from the storefront's list since (R28). */
export function undeclaredStatusWarnings(settings: OrderExportSettings | null, declared: readonly string[]): string[] {
  if (!settings || settings.mode === 'off' || settings.statusAfterExport === null) return [];
  const { statusAfterExport: status } = settings;
  if (declared.includes(status)) return [];
  return [
    `The status to apply after export, "${status}", is no longer among those that the storefront declares: choose another, or No change.`,
  ];
}
