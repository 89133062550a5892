import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Response } from 'express';
import type { Endpoint, HandlerOutput } from './endpoint.ts';

const pack = promisify(gzip);
/** Fast rather than small: a page of listings shrinks to a twelfth already, in a few milliseconds. */
const packing = { level: constants.Z_BEST_SPEED };
/** Below this packing costs more than it saves. */
const smallestPacked = 1_024;

/**
 * Sends what a handler gave: JSON packed where the caller takes gzip, nothing (304) where the caller has it already.
 * A stream that breaks cuts the connection, so that half a file isn't taken for a whole one.
 */
export async function sendOutput(res: Response, endpoint: Endpoint, output: HandlerOutput<unknown>): Promise<void> {
  res.status(output.status ?? endpoint.success.status).type(endpoint.success.contentType ?? 'application/json');
  if (output.headers) res.set(output.headers);
  if (isKnown(res)) {
    res.removeHeader('content-type');
    res.status(304).end();
    return;
  }
  if (output.stream) {
    await pipeline(Readable.from(output.stream), res).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error; // else the reader has left
    });
    return;
  }
  const isJson = /\bjson\b/.test(String(res.get('content-type')));
  if (output.json !== undefined) {
    await sendJson(res, output.json);
  } else if (output.body === undefined) {
    res.removeHeader('content-type');
    res.end();
  } else if (!isJson && typeof output.body === 'string') {
    res.send(output.body);
  } else {
    const { body } = endpoint.success;
    await sendJson(res, JSON.stringify(body ? body.parse(output.body) : output.body));
  }
}

/**
 * Whether the caller names our ETag. Compared here, as Express obeys a `Cache-Control: no-cache`, which is meant for
 * caches on the way and which fetch() adds by itself to every request with an `If-None-Match`.
 */
function isKnown(res: Response): boolean {
  const [etag, known] = [res.get('etag'), res.req.get('if-none-match')];
  if (res.req.method !== 'GET' || etag === undefined || known === undefined) return false;
  return known.split(',').some((one) => strong(one.trim()) === strong(etag));
}

function strong(etag: string): string {
  return etag.replace(/^W\//, '');
}

async function sendJson(res: Response, json: string): Promise<void> {
  res.vary('Accept-Encoding');
  if (json.length < smallestPacked || res.req.acceptsEncodings(['gzip', 'identity']) !== 'gzip') {
    res.send(json);
    return;
  }
  const packed = await pack(json, packing);
  res.set('content-encoding', 'gzip').send(packed);
}
