import { z } from 'zod';
import { defaultOrderExport, defaultSettings } from '../../domain/setup/default-settings.ts';

/** An id of the Lightspeed account, as `setup/options` lists them. */
const TillId = z
  .string('Required: an id of Lightspeed, as setup/options lists them')
  .regex(/^[1-9]\d{0,19}$/, 'An id of Lightspeed: digits, as setup/options lists them');
const Code = z.string().min(1).max(100);
const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day, HH:MM');
const { importSettings, sync } = defaultSettings;

export const StoresInput = z
  .strictObject({
    stores: z
      .array(z.strictObject({ shopId: TillId, locationId: Code }))
      .min(1, 'Map at least one Lightspeed shop to a location')
      .max(1_000)
      .describe('The whole map. Many shops may feed one location; a shop feeds one'),
  })
  .meta({ id: 'StoresInput' });

export const ImportSettingsInput = z
  .strictObject({
    onHand: z.boolean().default(importSettings.onHand).describe('Show what has a balance on hand'),
    onOrder: z.boolean().default(importSettings.onOrder).describe('Show what has a balance on order'),
    reorder: z
      .boolean()
      .default(importSettings.reorder)
      .describe('Show what has a reorder point or maximum stock level above zero'),
  })
  .meta({ id: 'ImportSettingsInput' });

export const PricingInput = z
  .discriminatedUnion('enabled', [
    z.strictObject({ enabled: z.literal(false) }),
    z.strictObject({
      enabled: z.literal(true),
      regularPriceLevelId: TillId.describe('Advice: the level that is used in store'),
      salePriceLevelId: TillId.nullable().default(null),
    }),
  ])
  .meta({ id: 'PricingInput' });

export const OrderExportInput = z
  .discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('off') }),
    z.strictObject({
      mode: z.enum(['dry-run', 'on']).describe('`dry-run` plans each sale and sends none'),
      employeeId: TillId,
      registerId: TillId,
      registerByLocation: z.record(Code, TillId).default(defaultOrderExport.registerByLocation),
      statusAfterExport: Code.nullable()
        .default(defaultOrderExport.statusAfterExport)
        .describe('One of the declared order statuses; null: No change'),
      whenFulfilled: z.boolean().default(defaultOrderExport.whenFulfilled),
      defaultPaymentTypeId: TillId,
      paymentTypes: z
        .record(Code, TillId)
        .default(defaultOrderExport.paymentTypes)
        .describe('Lightspeed payment type by payment method of the storefront'),
      taxPolicy: z.enum(['line', 'create', 'attention']).default(defaultOrderExport.taxPolicy),
      saleDate: z.enum(['export', 'payment']).default(defaultOrderExport.saleDate),
      shippingItemId: TillId.nullable().default(defaultOrderExport.shippingItemId),
      taxItemId: TillId.nullable().default(defaultOrderExport.taxItemId),
      refunds: z
        .boolean()
        .default(defaultOrderExport.refunds)
        .describe('Whether money given back after the export becomes a refund sale in Lightspeed'),
      exportFrom: z.iso
        .datetime({ offset: true })
        .nullable()
        .default(null)
        .describe('Orders placed before are not exported; null: from when export is turned on'),
    }),
  ])
  .meta({ id: 'OrderExportInput' });

export const SyncSettingsInput = z
  .strictObject({
    intervalMinutes: z.int().min(2).max(1_440).default(sync.intervalMinutes),
    dayStart: LocalTime.default(sync.dayStart).describe("In the tenant's zone"),
    dayEnd: LocalTime.default(sync.dayEnd).describe('May lie before `dayStart`: then the window crosses midnight'),
    failuresToTell: z
      .int()
      .min(1)
      .max(50)
      .default(sync.failuresToTell)
      .describe('So many failed runs in a row are told: as an event and under attention'),
  })
  .meta({ id: 'SyncSettingsInput' });

export const StepBody = z
  .object({
    version: z.int().describe('Of the whole setup after the step: also its ETag'),
    warnings: z.array(z.string()),
    effects: z.array(z.string()).describe('What the step sets off, in plain words'),
  })
  .meta({ id: 'SetupStepDone' });
