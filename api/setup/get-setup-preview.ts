import { previewListings } from '../../db/inventory/preview-listings.ts';
import type { LastPull } from '../../db/inventory/read-last-pull.ts';
import { readLastPull, readPulledAt } from '../../db/inventory/read-last-pull.ts';
import type { SyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { readSetup } from '../../db/setup/read-setup.ts';
import { Problem } from '../../domain/problem.ts';
import type { ApiParts } from '../http/api-parts.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { PreviewBody, toFigures, toReading } from './preview-body.ts';

/** A till that has just failed is left alone for a moment. */
const failedForMs = 30_000;

export const getSetupPreviewEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/setup/preview',
  roles: ['admin', 'operator'],
  summary: 'Read what the setup as chosen so far would give, before completing it',
  description:
    'How many items would be mapped, pending, displayed and hidden, and why, with ten of each, by the rules that decide ' +
    'the listings. Nothing is published. The first request of an admin has Lightspeed read once, which may take a while ' +
    'and spares the first sync that time: until then the answer is `reading`, with how long it will take; ask again. What is not ' +
    'chosen yet has its default.',
  params: TenantParams,
  success: { status: 200, body: PreviewBody },
  problems: ['not-connected', 'connection-lost', 'unavailable'],
  async handle({ params: { tenant }, caller }, parts) {
    const { db, config } = parts;
    const last = await readLastPull(db, tenant); // first: one that ends in between is then found in the facts
    const facts = await readSyncFacts(db, tenant);
    requireConnection(facts);
    const { setup } = await readSetup(db, tenant);
    const assumed = [
      setup.storesDone ? [] : (['stores'] as const),
      setup.importSettings ? [] : (['import-settings'] as const),
      setup.pricing ? [] : (['pricing'] as const),
    ].flat();
    const reading = await readOrBegin(parts.schedules, tenant, { facts, last, mayBegin: caller?.role === 'admin' });
    const common = { ...reading, assumed, readAt: null, figures: null };
    if (!facts.isPulled) return { body: common };
    const figures = toFigures(await previewListings(db, tenant, config.UNPAID_RESERVATION_MS));
    const readAt = (await readPulledAt(db, tenant))?.toISOString() ?? null;
    const message = 'Nothing of this is published.';
    return { body: { ...common, state: 'ready' as const, message, readAt, figures } };
  },
});

function requireConnection(facts: SyncFacts | null): asserts facts is SyncFacts {
  if (!facts?.connection) {
    throw new Problem('not-connected', 'Lightspeed is not connected', { remedy: 'Connect it in the setup first' });
  }
  if (facts.connection.state !== 'active') {
    throw new Problem('connection-lost', 'Lightspeed no longer accepts the connection', {
      remedy: 'Connect Lightspeed again in the setup',
    });
  }
}

/** Where the reading stands. It is begun for an admin where nothing else reads: once, and again when it is a day old. */
async function readOrBegin(
  schedules: ApiParts['schedules'],
  tenant: string,
  { facts, last, mayBegin }: { facts: SyncFacts; last: LastPull | null; mayBegin: boolean },
): Promise<ReturnType<typeof toReading>> {
  if (last?.state === 'running') return toReading('reading', last);
  const hasJustFailed = last?.state === 'failed' && last.endedMsAgo !== null && last.endedMsAgo < failedForMs;
  if (hasJustFailed) return toReading('failed', last);
  if (facts.isSetupComplete ? facts.isPulled : facts.isPulledLately) return toReading('ready', null);
  if (!mayBegin) return toReading('unread', null);
  await schedules.startFullPull(tenant, facts.isSetupComplete ? 'setup' : 'preview');
  return toReading('reading', null);
}
