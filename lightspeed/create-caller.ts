import type { Logger } from '../runtime/logger.ts';
import { readBucket, readCost } from './bucket-reading.ts';
import { callCost } from './call-cost.ts';
import type { Exchange } from './http/create-exchange.ts';
import type { HttpAnswer } from './http/http-answer.ts';
import { parseJson } from './http/parse-json.ts';
import { LightspeedError } from './lightspeed-error.ts';
import type { RateBudget } from './rate-budget.ts';
import { refusalOf } from './refusal-of.ts';
import type { Priority, WriteOptions } from './till.ts';
import type { TillRequest } from './till-request.ts';
import { requestPath } from './till-request.ts';
import type { TokenSource } from './token-source.ts';
import { waitForBudget } from './wait-for-budget.ts';

interface CallOptions extends Partial<Pick<WriteOptions, 'beforeSend' | 'maySend'>> {
  signal?: AbortSignal | undefined;
  onProgress?: (() => void) | undefined;
  /** A page's checked `next`, in place of the request's own URL. */
  url?: string | undefined;
}

export interface CallAnswer {
  body: unknown;
  costDrips: string;
  waitedMs: number;
  /** Of the account's bucket, a second; null if the answer doesn't say. */
  dripRate: string | null;
}

/**
 * Makes one call: waits for the budget, reads the connection's token (so that one replaced is not used again), sends
 * once, and corrects the budget by the answer. Only a 401, which writes nothing, is repeated, once, with a new token.
 * @throws LightspeedError, and what `beforeSend` throws.
 */
export type Call = (request: TillRequest, options?: CallOptions) => Promise<CallAnswer>;

export interface CallerParts {
  apiUrl: string;
  accountId: string;
  priority: Priority;
  exchange: Exchange;
  tokens: TokenSource;
  budget: RateBudget;
  log: Logger;
}

interface SentCall {
  answer: HttpAnswer;
  /** Of the token that it was sent with. */
  version: number;
  waitedMs: number;
}

export function createCaller(parts: CallerParts): Call {
  const { apiUrl, accountId, priority, exchange, tokens, budget, log } = parts;

  /** An answer that has come must not be lost because the budget could not be corrected: its calls expire. */
  async function correct(work: Promise<unknown>): Promise<void> {
    await work.catch((error: unknown) => log.warn({ err: error, accountId }, 'the rate budget could not be corrected'));
  }

  async function send(request: TillRequest, options: CallOptions): Promise<SentCall> {
    const { signal, onProgress, beforeSend } = options;
    const costDrips = callCost(request);
    const { callId, waitedMs } = await waitForBudget(budget, { accountId, costDrips, priority, signal, onProgress });
    log.debug({ accountId, resource: request.resource, priority, costDrips, waitedMs }, 'calls Lightspeed');
    let isSent = false;
    try {
      const { accessToken, tokenVersion } = await tokens.current();
      await beforeSend?.();
      if (signal?.aborted) throw new LightspeedError('aborted', 'The call was given up before it was sent');
      onProgress?.();
      isSent = true;
      const answer = await exchange({
        method: request.method,
        url: options.url ?? `${apiUrl}${requestPath(request, accountId)}`,
        headers: {
          authorization: `Bearer ${accessToken}`,
          accept: 'application/json',
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        isWrite: request.method !== 'GET',
        signal,
        maySend: options.maySend,
      });
      await correct(budget.settle(callId, readBucket(answer.headers)));
      return { answer, version: tokenVersion, waitedMs };
    } catch (error) {
      // What was sent may have been charged although no answer came: its booking stays until it expires.
      if (!isSent) await correct(budget.release(callId));
      throw error;
    }
  }

  return async (request, options = {}) => {
    const asked = `${request.method} ${request.resource}`;
    const isWrite = request.method !== 'GET';
    let { answer, version, waitedMs } = await send(request, options);
    if (answer.status === 401) {
      await tokens.renew(version);
      const again = await send(request, options);
      ({ answer, version } = again);
      waitedMs += again.waitedMs;
      if (answer.status === 401) throw await tokens.refused(version);
    }
    if (answer.status === 429) {
      const retryAfterMs = answer.retryAfterMs ?? 2_000;
      await correct(budget.block(accountId, retryAfterMs));
      throw new LightspeedError('rate-limited', `${asked} came too fast for Lightspeed`, { status: 429, retryAfterMs });
    }
    if (answer.status < 200 || answer.status >= 300) throw refusalOf(answer, asked, isWrite);
    const costDrips = readCost(answer.headers) ?? callCost(request);
    const dripRate = readBucket(answer.headers)?.dripRate ?? null;
    return { body: readAnswer(answer, asked, isWrite), costDrips, waitedMs, dripRate };
  };
}

function readAnswer(answer: HttpAnswer, asked: string, isWrite: boolean): unknown {
  try {
    return parseJson(answer, asked);
  } catch (error) {
    throw isWrite
      ? new LightspeedError('in-doubt', `${asked} was carried out, but its answer can't be read`, { cause: error })
      : error;
  }
}
