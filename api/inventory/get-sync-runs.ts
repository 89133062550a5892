import { z } from 'zod';
import type { RunListPlace } from '../../db/inventory/list-runs.ts';
import { listRuns } from '../../db/inventory/list-runs.ts';
import { readLastPull } from '../../db/inventory/read-last-pull.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { isPullUnderWay, RunBody, toRunBody } from './run-body.ts';

export const getSyncRunsEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/sync/runs',
  roles: ['admin', 'operator'],
  summary: 'List runs of the sync, newest first',
  params: TenantParams,
  query: z.strictObject({
    cursor: z.string().max(300).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  success: {
    status: 200,
    body: z
      .object({ runs: z.array(RunBody), next: z.string().nullable().describe('Pass as `cursor`') })
      .meta({ id: 'SyncRuns' }),
  },
  async handle({ params, query: { cursor, limit } }, { db }) {
    const runs = await listRuns(db, params.tenant, { after: cursor === undefined ? null : readPlace(cursor), limit });
    const last = runs.length === limit ? runs.at(-1) : undefined;
    const underWay = runs.some(isPullUnderWay) ? await readLastPull(db, params.tenant) : null;
    return { body: { runs: runs.map((run) => toRunBody(run, underWay)), next: last ? writePlace(last) : null } };
  },
});

function writePlace({ startedAt, id }: RunListPlace): string {
  return `${startedAt.toISOString()}_${id}`;
}

function readPlace(cursor: string): RunListPlace {
  const [startedAt = '', id = ''] = cursor.split('_');
  const place = { startedAt: new Date(startedAt), id };
  if (Number.isNaN(place.startedAt.getTime()) || !z.uuid().safeParse(id).success) {
    throw new Problem('invalid', 'cursor: not one of ours', { field: 'cursor' });
  }
  return place;
}
