import { z } from 'zod';
import { listFreshness } from '../../db/inventory/list-freshness.ts';
import { renderGauge } from '../../runtime/metrics.ts';
import { endpoint } from '../http/endpoint.ts';

export const getMetricsEndpoint = endpoint({
  method: 'get',
  path: '/metrics',
  roles: ['platform', 'operator'],
  summary: 'Figures for Prometheus',
  description:
    'Over all retailers together, but for `tillbridge_sync_age_seconds`, which a key of the platform sees for every ' +
    'retailer, a key of a retailer for its own.',
  success: { status: 200, body: z.string(), contentType: 'text/plain; version=0.0.4; charset=utf-8' },
  async handle({ caller }, { db, metrics }) {
    const ages = await listFreshness(db, caller!.tenant);
    const freshness = await renderGauge(
      { name: 'tillbridge_sync_age_seconds', help: 'Age of the last good sync with the till', label: 'tenant' },
      ages.map(({ tenant, ageSeconds }) => ({ of: tenant, value: ageSeconds })),
    );
    return { body: (await metrics.registry.metrics()) + freshness };
  },
});
