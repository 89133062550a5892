import { z } from 'zod';
import { recordDecisions } from '../../db/inventory/record-decisions.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { Sku } from './catalog-input.ts';

export const postMappingDecisionsEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/mappings/decisions',
  roles: ['admin'],
  summary: 'Decide on possible matches: yes, no, another item, or undo',
  description:
    "A person's decision wins over the codes and outlives every sync. All decisions of a call are taken, or none. `reject` " +
    'without `itemId` rejects every candidate; `undo` without one forgets all that was decided about the SKU.',
  params: TenantParams,
  body: z
    .strictObject({
      decisions: z
        .array(
          z.strictObject({
            sku: Sku,
            action: z.enum(['accept', 'map', 'reject', 'unmap', 'undo']),
            itemId: z
              .string()
              .regex(/^[1-9]\d{0,19}$/, 'An itemID of Lightspeed')
              .nullable()
              .default(null),
          }),
        )
        .min(1)
        .max(500)
        .refine((list) => new Set(list.map(({ sku }) => sku)).size === list.length, 'Each SKU only once'),
    })
    .meta({ id: 'MappingDecisions' }),
  success: { status: 202, body: z.object({ decided: z.int() }).meta({ id: 'MappingsDecided' }) },
  problems: ['unknown-item', 'choice-unusable', 'nothing-to-decide'],
  async handle({ params, body, caller }, { db, wake }) {
    const { decisions } = body;
    await wake(await recordDecisions(db, params.tenant, decisions, caller?.keyId ?? null));
    return { body: { decided: decisions.length } };
  },
});
