import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { Agent } from 'undici';
import { LightspeedError } from '../lightspeed-error.ts';
import type { HttpAnswer } from './http-answer.ts';

interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** A failure of a write, after it may have left this machine, is `in-doubt`. */
  isWrite: boolean;
  signal?: AbortSignal | undefined;
  /** Asked as the first byte leaves, if there is a body. */
  maySend?: (() => boolean) | undefined;
}

/**
 * Sends one request once and reads its answer, whatever its status. Never repeats, follows no redirect.
 * @throws LightspeedError `unavailable`, `aborted`, `malformed` (too large or badly packed); for a write `in-doubt`,
 * unless no connection came about.
 */
export type Exchange = (request: HttpRequest) => Promise<HttpAnswer>;

const unpack = promisify(gunzip);

export interface ExchangeOptions {
  /** For the whole of a call, from connecting to the last byte. */
  timeoutMs: number;
  /** Of an answer, unpacked. */
  maxBytes?: number;
  connections?: number;
}

/** Connections are kept alive and shared by all calls of this exchange; idle ones don't keep the process alive. */
export function createExchange({
  timeoutMs,
  maxBytes = 64 * 1024 * 1024,
  connections = 32,
}: ExchangeOptions): Exchange {
  const agent = new Agent({
    connections,
    pipelining: 1,
    connect: { timeout: Math.min(timeoutMs, 10_000) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  return async (request) => {
    if (request.signal?.aborted) throw new LightspeedError('aborted', 'The call was given up before it was sent');
    const timeLimit = AbortSignal.timeout(timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeLimit]) : timeLimit;
    try {
      const response = await agent.request({
        origin: new URL(request.url).origin,
        path: request.url.slice(new URL(request.url).origin.length),
        method: request.method,
        ...bodyOf(request),
        signal,
      });
      return {
        status: response.statusCode,
        headers: singleValues(response.headers),
        body: await readBody(response, maxBytes),
        retryAfterMs: retryAfterMs(response.headers),
      };
    } catch (error) {
      throw failureOf(error, request, timeLimit.aborted);
    }
  };
}

function bodyOf({
  headers,
  body,
  maySend,
}: HttpRequest): Pick<Dispatcher.RequestOptions, 'body'> & { headers: Record<string, string> } {
  const common = { 'accept-encoding': 'gzip', ...headers };
  if (body === undefined || maySend === undefined) return { headers: common, body: body ?? null };
  const bytes = Buffer.from(body);
  return {
    headers: { ...common, 'content-length': String(bytes.length) },
    body: Readable.from(checkedBody(bytes, maySend)),
  };
}

/** Read once a connection stands; undici writes the request's head together with the first chunk, so nothing goes before. */
async function* checkedBody(bytes: Buffer, maySend: () => boolean): AsyncGenerator<Buffer> {
  if (!maySend()) throw new LightspeedError('aborted', 'It was too late to send the call');
  yield bytes;
}

async function readBody(response: Dispatcher.ResponseData, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += (chunk as Buffer).length;
    // Leaving the loop destroys the body, and with it the connection.
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk as Buffer);
  }
  const packed = Buffer.concat(chunks);
  if (response.headers['content-encoding'] !== 'gzip' || packed.length === 0) return packed.toString('utf8');
  try {
    return (await unpack(packed, { maxOutputLength: maxBytes })).toString('utf8');
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new LightspeedError('malformed', 'The answer is badly packed');
  }
}

function tooLarge(maxBytes: number): LightspeedError {
  return new LightspeedError('malformed', `The answer is larger than ${maxBytes} bytes`);
}

/** Failures before a connection stood: nothing has left this machine. */
const unsent = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function failureOf(error: unknown, request: HttpRequest, timedOut: boolean): LightspeedError {
  const code = codeOf(error);
  if (LightspeedError.is(error, 'aborted')) return error; // by the check before the first byte
  if (request.isWrite && !unsent.has(code)) {
    return new LightspeedError('in-doubt', `A ${request.method} was sent and not answered (${code})`, { cause: error });
  }
  if (LightspeedError.is(error)) return error;
  if (request.signal?.aborted && !timedOut) return new LightspeedError('aborted', 'The call was given up');
  const why = timedOut ? 'in time' : `(${code})`;
  return new LightspeedError('unavailable', `Lightspeed did not answer ${why}`, { cause: error });
}

function codeOf(error: unknown): string {
  // Several addresses of a host fail together as an AggregateError, whose code is that of the first.
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

function singleValues(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(entries);
}

function retryAfterMs(headers: IncomingHttpHeaders): number | null {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1_000) : null;
}
