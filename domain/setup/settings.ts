/** R8: which mapped items show. An item shows if any enabled one holds. */
export interface ImportSettings {
  onHand: boolean;
  onOrder: boolean;
  reorder: boolean;
}

/** R10–R12. Level ids are the account's own price levels (`useTypeID`). */
export type PricingSettings =
  | { enabled: false }
  | { enabled: true; regularPriceLevelId: string; salePriceLevelId: string | null };

export type TaxPolicy = 'line' | 'create' | 'attention';

/** R27–R29. `paymentTypes` maps a storefront payment method to a Lightspeed payment type id. */
export type OrderExportSettings = { mode: 'off' } | ActiveOrderExportSettings;

export interface ActiveOrderExportSettings {
  mode: 'dry-run' | 'on';
  employeeId: string;
  registerId: string;
  /** The register's shop: the sale leaves the stock of this shop. */
  shopId: string;
  /** Register (and its shop) per storefront location, where it differs from the default (R32). */
  registerByLocation: Record<string, { registerId: string; shopId: string }>;
  statusAfterExport: string | null;
  whenFulfilled: boolean;
  defaultPaymentTypeId: string;
  paymentTypes: Record<string, string>;
  taxPolicy: TaxPolicy;
  saleDate: 'export' | 'payment';
  shippingItemId: string | null;
  taxItemId: string | null;
  /** Money given back after the export becomes a refund sale in the till. */
  refunds: boolean;
}

/**
 * How often, and in which local hours, the till is polled, and how many runs in a row must fail before people are told.
 * Times are `HH:MM` in the tenant's zone.
 */
export interface SyncSettings {
  intervalMinutes: number;
  dayStart: string;
  dayEnd: string;
  failuresToTell: number;
}
