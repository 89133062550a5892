import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';

export const getMetricsEndpoint = endpoint({
  method: 'get',
  path: '/metrics',
  roles: ['platform', 'operator'],
  summary: 'Figures for Prometheus',
  description: 'Over all retailers together: no label names one.',
  success: { status: 200, body: z.string(), contentType: 'text/plain; version=0.0.4; charset=utf-8' },
  async handle(_input, { metrics }) {
    return { body: await metrics.registry.metrics() };
  },
});
