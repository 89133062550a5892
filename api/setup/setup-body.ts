import { z } from 'zod';
import { nothingMapsCauses } from '../../domain/inventory/why-nothing-maps.ts';
import { setupSteps } from '../../domain/setup/setup-steps.ts';
import { ImportSettingsInput, PricingInput, SyncSettingsInput } from './setup-input.ts';

const moment = z.iso.datetime().nullable();

const Step = z
  .object({
    step: z.enum(setupSteps),
    state: z.enum(['done', 'to-do', 'wrong']),
    reason: z.string().nullable().describe('What is missing or wrong'),
    remedy: z.string().nullable(),
    warnings: z.array(z.string()),
    advice: z.array(z.string()),
  })
  .meta({ id: 'SetupStep' });

const OrderExport = z
  .object({
    mode: z.enum(['off', 'dry-run', 'on']),
    employeeId: z.string().optional(),
    registerId: z.string().optional(),
    shopId: z.string().optional().describe("The register's shop: a sale leaves its stock"),
    registerByLocation: z.record(z.string(), z.object({ registerId: z.string(), shopId: z.string() })).optional(),
    statusAfterExport: z.string().nullable().optional(),
    whenFulfilled: z.boolean().optional(),
    defaultPaymentTypeId: z.string().optional(),
    paymentTypes: z.record(z.string(), z.string()).optional(),
    taxPolicy: z.string().optional(),
    saleDate: z.string().optional(),
    shippingItemId: z.string().nullable().optional(),
    taxItemId: z.string().nullable().optional(),
    refunds: z.boolean().optional(),
  })
  .meta({ id: 'OrderExportChoice' });

/** The wizard as a person needs it. Choices that nobody has made are null. */
export const SetupBody = z
  .object({
    version: z.int().describe('Also the ETag: send it as If-Match with a step'),
    completedAt: moment,
    exportFrom: moment.describe('Orders placed before are not exported'),
    nextStep: z.enum(setupSteps).nullable(),
    steps: z.array(Step),
    connection: z
      .object({
        state: z.enum(['none', 'active', 'lost', 'replaced', 'disconnected']),
        reason: z.string().nullable(),
        accountId: z.string().nullable(),
        accountName: z.string().nullable(),
        userName: z.string().nullable().describe('The Lightspeed user whose sign-in it is'),
        connectedAt: moment,
      })
      .meta({ id: 'Connection' }),
    lastAttempt: z
      .object({
        at: z.iso.datetime(),
        outcome: z.string(),
        message: z.string().nullable(),
        remedy: z.string().nullable(),
      })
      .nullable()
      .describe('How the last sign-in at Lightspeed ended'),
    choices: z.object({
      stores: z.array(z.object({ shopId: z.string(), shopName: z.string(), locationId: z.string() })),
      importSettings: ImportSettingsInput.nullable(),
      pricing: PricingInput.nullable(),
      orderExport: OrderExport.nullable(),
      sync: SyncSettingsInput,
    }),
    defaults: z
      .object({
        importSettings: ImportSettingsInput,
        pricing: PricingInput,
        orderExport: OrderExport,
        orderExportWhenOn: OrderExport.omit({ mode: true }).describe('What a dry run or an export takes unless chosen'),
        sync: SyncSettingsInput,
      })
      .describe('What each setting is when nobody has chosen'),
    nothingMaps: z
      .object({ cause: z.enum(nothingMapsCauses), message: z.string(), remedy: z.string() })
      .nullable()
      .describe('Why nothing maps although all is connected and completed; null if something does'),
    timeZone: z.string().describe("The sync window's: the tenant's"),
    changes: z
      .array(
        z.object({
          at: z.iso.datetime(),
          step: z.string(),
          version: z.int(),
          by: z
            .object({ label: z.string(), role: z.string() })
            .nullable()
            .describe('The key that was used; null if it is gone'),
          choice: z.unknown().describe('What was chosen'),
        }),
      )
      .describe('Who changed what and when: the last twenty changes, newest first'),
  })
  .meta({ id: 'Setup' });
