import { z } from 'zod';
import { findRun } from '../../db/inventory/list-runs.ts';
import { readLastPull } from '../../db/inventory/read-last-pull.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { isPullUnderWay, RunBody, toRunBody } from './run-body.ts';

export const getSyncRunEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/sync/runs/:run',
  roles: ['admin', 'operator'],
  summary: 'Read one run of the sync, while it runs and after',
  params: TenantParams.extend({ run: z.uuid() }),
  success: { status: 200, body: RunBody },
  async handle({ params }, { db }) {
    const run = await findRun(db, params.tenant, params.run);
    if (!run) throw new Problem('not-found', 'There is no such run');
    const underWay = isPullUnderWay(run) ? await readLastPull(db, params.tenant) : null;
    return { body: toRunBody(run, underWay) };
  },
});
