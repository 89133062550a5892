import { test as base } from 'vitest';
import { createOpenTill } from '../../lightspeed/create-till.ts';
import { createExchange } from '../../lightspeed/http/create-exchange.ts';
import type { TokenPair } from '../../lightspeed/oauth-client.ts';
import { createOAuthClient } from '../../lightspeed/oauth-client.ts';
import type { BucketReading } from '../../lightspeed/rate-budget.ts';
import type { Till } from '../../lightspeed/till.ts';
import type { LostReason, TokenReading } from '../../lightspeed/token-store.ts';
import { createLogger } from '../../runtime/logger.ts';
import { startStub } from './stub-server.ts';

const log = createLogger('test', 'silent');

/** A token store and a budget in memory, which note what they were asked. */
export function createNotes() {
  const pair = { accessToken: 'access-1', tokenVersion: 1 };
  const notes = {
    reading: 'active' as TokenReading['kind'],
    canRefresh: true,
    refreshes: 0,
    lost: [] as LostReason[],
    costs: [] as string[],
    settled: [] as (BucketReading | null)[],
    released: 0,
    blockedMs: [] as number[],
    grants: [] as ({ kind: 'wait'; waitMs: number } | { kind: 'granted'; waitMs: number })[],
  };
  const read = async (): Promise<TokenReading> =>
    notes.reading === 'active'
      ? { kind: 'active', tokens: { connectionId: 'c1', accountId: '1', expiresInMs: 1_800_000, ...pair } }
      : { kind: notes.reading };
  return {
    notes,
    tokens: {
      current: read,
      read,
      async refresh(
        _tenant: string,
        _id: string,
        seen: number,
        _exchange: (token: string) => Promise<TokenPair | null>,
      ) {
        notes.refreshes += 1;
        if (!notes.canRefresh) notes.reading = 'lost';
        else if (seen === pair.tokenVersion)
          Object.assign(pair, { accessToken: `access-${seen + 1}`, tokenVersion: seen + 1 });
        return read();
      },
      async markLost(_tenant: string, _id: string, _seen: number, reason: LostReason) {
        notes.lost.push(reason);
        notes.reading = 'lost';
      },
    },
    budget: {
      async acquire(_account: string, cost: string) {
        const grant = notes.grants.shift() ?? { kind: 'granted' as const, waitMs: 0 };
        if (grant.kind === 'wait') return grant;
        notes.costs.push(cost);
        return { ...grant, callId: `call-${notes.costs.length}` };
      },
      async settle(_callId: string, reading: BucketReading | null) {
        notes.settled.push(reading);
      },
      async release() {
        notes.released += 1;
      },
      async block(_account: string, forMs: number) {
        notes.blockedMs.push(forMs);
      },
    },
  };
}

/** A till on a stub server, with what it asked of its token store and budget. */
export const test = base.extend<{
  stub: Awaited<ReturnType<typeof startStub>>;
  parts: ReturnType<typeof createNotes>;
  till: Till;
}>({
  stub: async ({}, use) => {
    const stub = await startStub({ status: 200, body: { '@attributes': { next: '', previous: '' } } });
    await use(stub);
    await stub.stop();
  },
  parts: async ({}, use) => use(createNotes()),
  till: async ({ stub, parts }, use) => {
    const exchange = createExchange({ timeoutMs: 500, maxBytes: 1_000_000 });
    const oauth = createOAuthClient({ authUrl: stub.apiUrl, clientId: 'id', clientSecret: 'secret', exchange });
    const openTill = createOpenTill({ ...parts, apiUrl: stub.apiUrl, oauth, exchange, log });
    await use(await openTill('acme', 'interactive'));
  },
});
