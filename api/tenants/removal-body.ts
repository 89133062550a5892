import { z } from 'zod';

export const RemovalBody = z
  .object({
    tenant: z.string(),
    state: z.enum(['removing', 'removed']).describe('`removed`: nothing is left but this, and the name is free again'),
    requestedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    rowsErased: z.number().int(),
    runsEnded: z.number().int(),
    tokensRevoked: z
      .boolean()
      .nullable()
      .describe(
        'Null: not yet, or, once removed, Lightspeed did not answer for a day; unused, they die within 30 days',
      ),
  })
  .meta({ id: 'TenantRemoval' });

interface RemovalRow {
  tenant: string;
  requestedAt: Date;
  endedAt: Date | null;
  rowsErased: number;
  runsEnded: number;
  tokensRevoked: boolean | null;
}

export function toRemovalBody(row: RemovalRow): z.infer<typeof RemovalBody> {
  const { tenant, rowsErased, runsEnded, tokensRevoked } = row;
  return {
    tenant,
    state: row.endedAt ? 'removed' : 'removing',
    requestedAt: row.requestedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    rowsErased,
    runsEnded,
    tokensRevoked,
  };
}
