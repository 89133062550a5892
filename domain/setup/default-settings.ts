import type { ImportSettings, OrderExportSettings, PricingSettings, SyncSettings } from './settings.ts';

/** What each setting is when nobody has chosen (R8, R10, R27). */
export const defaultSettings = {
  importSettings: { onHand: true, onOrder: false, reorder: false },
  pricing: { enabled: false },
  orderExport: { mode: 'off' },
  sync: { intervalMinutes: 30, dayStart: '06:00', dayEnd: '22:00', failuresToTell: 3 },
} as const satisfies {
  importSettings: ImportSettings;
  pricing: PricingSettings;
  orderExport: OrderExportSettings;
  sync: SyncSettings;
};

/** What is taken for what is not chosen once order export is a dry run or on (R28: null is *No change*; R29). */
export const defaultOrderExport = {
  registerByLocation: {},
  statusAfterExport: null,
  whenFulfilled: false,
  paymentTypes: {},
  taxPolicy: 'line',
  saleDate: 'export',
  shippingItemId: null,
  taxItemId: null,
  refunds: false,
} as const satisfies Partial<OrderExportSettings>;

/** The largest difference between an order and its sale that a rounding line may cover. */
export const defaultTolerance = '0.05';
