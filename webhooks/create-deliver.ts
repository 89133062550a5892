import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { checkTargetUrl, resolveTarget, TargetRefused } from './guard-target.ts';
import { sign } from './sign.ts';

const ANSWER_LIMIT_BYTES = 64 * 1024;

/** An event as receivers get it. */
export interface EventEnvelope {
  id: string;
  type: string;
  tenant: string;
  /** Rises with every event of the tenant; within a subject, events arrive in this order. */
  number: number;
  subject: string;
  createdAt: string;
  data: Record<string, unknown>;
}

/** `reason` is short, plain and safe to store: it repeats nothing of the receiver's answer. */
export type Delivery = { kind: 'delivered' } | { kind: 'failed'; reason: string };

export type Deliver = (target: { url: string; secret: string }, event: EventEnvelope) => Promise<Delivery>;

/**
 * Posts signed events. Every connection goes to an address that was checked for this very connection; redirects are not
 * followed; a receiver has `timeoutMs` for everything. Any 2xx counts as taken.
 */
export function createDeliver({ allowPrivate, timeoutMs }: { allowPrivate: boolean; timeoutMs: number }) {
  const agent = new Agent({
    connect: { lookup: guardedLookup(allowPrivate), timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 5_000,
  });
  const deliver: Deliver = async (target, event) => {
    try {
      const url = checkTargetUrl(target.url, allowPrivate);
      const body = JSON.stringify(event);
      const answer = await request(url, {
        dispatcher: agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Tillbridge',
          ...sign(target.secret, event.id, body, new Date()),
        },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      // Read to its end, within reason, so that the connection can serve again.
      await answer.body.dump({ limit: ANSWER_LIMIT_BYTES });
      if (answer.statusCode >= 200 && answer.statusCode < 300) return { kind: 'delivered' };
      return { kind: 'failed', reason: `the receiver answered ${answer.statusCode}` };
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error) };
    }
  };
  return { deliver, close: () => agent.close() };
}

/** Node asks this for a host name's address, and connects to what it is given. */
function guardedLookup(allowPrivate: boolean): LookupFunction {
  return (host, options, done) => {
    const tell = (found: LookupAddress[] | Error): void => {
      if (found instanceof Error) done(found, []);
      else if (options.all) done(null, found);
      else done(null, found[0]!.address, found[0]!.family);
    };
    const refused = (error: Error) => error;
    // Outside of the promise: what `done` throws must not come back as a failed look-up.
    void resolveTarget(host, allowPrivate)
      .catch(refused)
      .then((found) => setImmediate(tell, found));
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof TargetRefused) return error.message;
  if (!(error instanceof Error)) return 'no connection';
  if (error.name === 'TimeoutError' || error.name.includes('Timeout')) return 'the receiver did not answer in time';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? `no connection (${code})` : 'no connection';
}
