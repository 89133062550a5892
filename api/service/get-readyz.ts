import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';

const WITHIN_MS = 3_000;

const Part = z.enum(['ok', 'down']);

export const getReadyzEndpoint = endpoint({
  method: 'get',
  path: '/readyz',
  roles: [],
  summary: 'Whether the database and Temporal answer',
  description: 'Answers 503 with the same body when one of them doesn’t.',
  success: { status: 200, body: z.object({ database: Part, temporal: Part }).meta({ id: 'Readiness' }) },
  async handle(_input, { db, temporal }) {
    const [database, cluster] = await Promise.all([
      answers(db.execute(sql`select 1`)),
      answers(
        temporal.connection.withDeadline(Date.now() + WITHIN_MS, () => temporal.workflowService.getSystemInfo({})),
      ),
    ]);
    const isReady = database === 'ok' && cluster === 'ok';
    return { status: isReady ? 200 : 503, body: { database, temporal: cluster } };
  },
});

async function answers(question: PromiseLike<unknown>): Promise<z.infer<typeof Part>> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new Error('no answer')), WITHIN_MS);
  return Promise.race([question, timeout.promise])
    .then(() => 'ok' as const)
    .catch(() => 'down' as const)
    .finally(() => clearTimeout(timer));
}
