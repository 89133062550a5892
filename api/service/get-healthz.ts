import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';

export const getHealthzEndpoint = endpoint({
  method: 'get',
  path: '/healthz',
  roles: [],
  summary: 'Whether the process lives',
  success: { status: 200, body: z.object({ status: z.literal('ok') }) },
  handle: async () => ({ body: { status: 'ok' as const } }),
});
