import { setTimeout as sleep } from 'node:timers/promises';
import type { Listing } from './listing.ts';
import { ListingPage } from './listing.ts';

const CHUNK = 1_000; // the most the API takes in one bulk call
const PAGE = 500;
const TRIES = 6;

/** A refusal by Tillbridge's API: `code` and the message are those of its problem document. */
class StorefrontRefused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(call: string, status: number, problem: { code?: string; title?: string; detail?: string }) {
    super(`${call}: ${status} ${problem.code ?? ''} ${problem.detail ?? problem.title ?? ''}`.trim());
    this.name = 'StorefrontRefused';
    this.status = status;
    this.code = problem.code ?? '';
  }
}

export type StorefrontClient = ReturnType<typeof createStorefrontClient>;

/**
 * What a web shop calls of Tillbridge's API, with a key of the role `storefront`. Bodies are sent as they are given. Every
 * call may be repeated, so one that is answered 429 or 503, or not at all, is tried again when the answer says so.
 * @throws StorefrontRefused on any other refusal.
 */
export function createStorefrontClient({ apiUrl, tenant, key }: { apiUrl: string; tenant: string; key: string }) {
  const base = `${apiUrl.replace(/\/$/, '')}/v1/tenants/${encodeURIComponent(tenant)}`;

  async function call(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<unknown> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    for (let attempt = 1; ; attempt++) {
      const answer = await fetch(base + path, {
        method,
        headers,
        ...(signal ? { signal } : {}),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch((error: unknown) => {
        if (attempt === TRIES || signal?.aborted) throw error;
        return undefined;
      });
      if (answer?.ok) return answer.status === 204 ? undefined : answer.json();
      const mayRetry = answer === undefined || answer.status === 429 || answer.status === 503;
      if (!mayRetry || attempt === TRIES) throw await refusal(`${method} ${path}`, answer);
      await answer?.body?.cancel();
      const seconds = Number(answer?.headers.get('retry-after') ?? '');
      await sleep(seconds > 0 ? seconds * 1_000 : 100 * 2 ** attempt, undefined, signal && { signal });
    }
  }

  const order = (orderId: string) => `/orders/${encodeURIComponent(orderId)}`;
  return {
    /** The shop's stores: the whole list. */
    putLocations: (body: unknown) => call('PUT', '/locations', body),
    /** Catalogue items, in chunks of at most 1,000; `onChunk` is told how many have gone. */
    async putCatalogItems(items: readonly object[], onChunk: (sent: number) => void = () => {}): Promise<void> {
      for (let start = 0; start < items.length; start += CHUNK) {
        await call('PUT', '/catalog/items', { items: items.slice(start, start + CHUNK) });
        onChunk(Math.min(start + CHUNK, items.length));
      }
    },
    /** The statuses an order may have in the shop: the whole list. */
    putOrderStatuses: (body: unknown) => call('PUT', '/order-statuses', body),
    putOrder: (orderId: string, snapshot: unknown) => call('PUT', order(orderId), snapshot),
    postPaid: (orderId: string, payment: unknown) => call('POST', `${order(orderId)}/paid`, payment),
    postFulfilled: (orderId: string, fulfilment: unknown) => call('POST', `${order(orderId)}/fulfilled`, fulfilment),
    postCancelled: (orderId: string, body: unknown = {}) => call('POST', `${order(orderId)}/cancelled`, body),
    putWebhook: (body: unknown) => call('PUT', '/webhook', body),
    /** One page of what changed after a version, oldest first; empty when there is nothing newer. */
    async listingsAfter(version: number, signal?: AbortSignal): Promise<Listing[]> {
      const page = await call('GET', `/listings?after=${version}&limit=${PAGE}`, undefined, signal);
      return ListingPage.parse(page).listings;
    },
  };
}

async function refusal(call: string, answer: Response | undefined): Promise<Error> {
  if (!answer) return new Error(`${call}: no answer`);
  const problem = (await answer.json().catch(() => ({}))) as { code?: string; title?: string; detail?: string };
  return new StorefrontRefused(call, answer.status, problem);
}
