import { z } from 'zod';
import type { Available } from '../../db/inventory/read-availability.ts';
import { readAvailability } from '../../db/inventory/read-availability.ts';
import { readFreshness } from '../../db/inventory/read-freshness.ts';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { listingReasons } from '../../domain/inventory/listing-reason.ts';
import type { ApiParts } from '../http/api-parts.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { Sku } from './catalog-input.ts';
import { readLive } from './read-live.ts';

/** From here down a sale in the store since the last sync matters: the till is asked. */
const lowStock = 2;
const most = 50;
/** An answer of the till so young still counts as one. */
const youngMs = 5_000;

const Availability = z
  .object({
    sku: z.string(),
    isKnown: z.boolean().describe('It is in the pushed catalogue'),
    displayed: z.boolean().nullable(),
    reason: z.enum(listingReasons).nullable().describe('Why it is shown or hidden'),
    quantity: z.int().nullable().describe('Null: not mapped, so the storefront has its own'),
    quantityByLocation: z.record(z.string(), z.int()).nullable(),
    source: z.enum(['till', 'tables']).nullable().describe('`till`: asked for this answer, or seconds before'),
    asOf: z.iso.datetime().nullable().describe('What was changed in the till before then is taken in'),
    ageSeconds: z.int().nullable(),
    note: z
      .string()
      .nullable()
      .describe('Why it is not known, not mapped, or not from the till although little is left'),
  })
  .meta({ id: 'Availability' });

type Body = z.input<typeof Availability>;

export const getAvailabilityEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/availability',
  roles: ['storefront', 'admin', 'operator'],
  summary: 'Read what can be sold now: from the till when 2 or fewer are left',
  description:
    `Repeat \`sku\` for several, up to ${most}. Reservations count as in listings. Without room in Lightspeed's rate limit, or ` +
    'without an answer within 3 seconds, it is what was last read, with its age and a note.',
  params: TenantParams,
  query: z.strictObject({
    sku: z
      .union([Sku.transform((sku) => [sku]), z.array(Sku).min(1).max(most)])
      .describe('Of the catalogue; may be repeated'),
  }),
  success: { status: 200, body: z.object({ items: z.array(Availability) }).meta({ id: 'Availabilities' }) },
  async handle({ params: { tenant }, query }, parts) {
    const { db, config } = parts;
    const skus = [...new Set(query.sku)];
    const read = () => readAvailability(db, tenant, skus, config.UNPAID_RESERVATION_MS);
    const before = await read();
    const low = before.flatMap(({ itemId, isGone, quantity }) =>
      itemId !== null && !isGone && quantity !== null && quantity <= lowStock ? [itemId] : [],
    );
    const whyNotLive = low.length === 0 ? null : await askIfReady(parts, tenant, low);
    const rows = low.length === 0 ? before : await read();
    const { lastGoodSyncAt } = await readFreshness(db, tenant);
    return {
      body: { items: rows.map((row) => toBody(row, lastGoodSyncAt, low.includes(row.itemId ?? ''), whyNotLive)) },
    };
  },
});

/** @returns why the till could not be asked. */
async function askIfReady(parts: ApiParts, tenant: string, itemIds: string[]): Promise<string | null> {
  const facts = await readSyncFacts(parts.db, tenant);
  if (!facts?.isSetupComplete) return 'The setup is not completed'; // R5: nothing runs before
  if (facts.connection?.state !== 'active') return 'Lightspeed is not connected';
  return readLive(parts, tenant, itemIds);
}

function toBody(row: Available, syncedAt: Date | null, isLow: boolean, whyNotLive: string | null): Body {
  const { sku, isInCatalog: isKnown, displayed, reason, quantity, quantityByLocation } = row;
  const isLive = isLow && row.readAt !== null && row.now.getTime() - row.readAt.getTime() < youngMs;
  const asOf = quantity === null ? null : latest(syncedAt, row.readAt);
  return {
    sku,
    isKnown,
    displayed,
    reason,
    quantity,
    quantityByLocation,
    source: quantity === null ? null : isLive ? 'till' : 'tables',
    asOf: asOf?.toISOString() ?? null,
    ageSeconds: asOf === null ? null : Math.max(0, Math.floor((row.now.getTime() - asOf.getTime()) / 1_000)),
    note: noteOf(row, isLow && !isLive ? (whyNotLive ?? 'The till was asked a moment ago and did not tell') : null),
  };
}

function noteOf({ isInCatalog, quantity, mappingReason }: Available, whyNotLive: string | null): string | null {
  if (!isInCatalog) return 'There is no such SKU in the catalogue: push it first.';
  if (quantity === null) return mappingReason ?? 'Not compared with the till yet.';
  return whyNotLive === null ? null : `${whyNotLive}: this is what was last read.`;
}

function latest(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}
