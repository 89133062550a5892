import { z } from 'zod';
import { roles } from '../../domain/tenants/role.ts';

const moment = z.iso.datetime().nullable();

export const KeyBody = z
  .object({
    id: z.uuid(),
    role: z.enum(roles),
    label: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: moment,
    lastUsedAt: moment.describe('To the minute'),
    revokedAt: moment,
  })
  .meta({ id: 'Key' });

interface KeyRow {
  id: string;
  role: z.infer<typeof KeyBody>['role'];
  label: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export function toKeyBody(row: KeyRow): z.infer<typeof KeyBody> {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
