import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Endpoint, HandlerOutput } from './endpoint.ts';

/** Sends what a handler gave. A stream that breaks cuts the connection, so that half a file isn't taken for a whole one. */
export async function sendOutput(res: Response, endpoint: Endpoint, output: HandlerOutput<unknown>): Promise<void> {
  res.status(output.status ?? endpoint.success.status).type(endpoint.success.contentType ?? 'application/json');
  if (output.headers) res.set(output.headers);
  if (output.stream) {
    await pipeline(Readable.from(output.stream), res).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error; // else the reader has left
    });
    return;
  }
  const isJson = /\bjson\b/.test(String(res.get('content-type')));
  if (output.body === undefined) {
    res.removeHeader('content-type');
    res.end();
  } else if (!isJson && typeof output.body === 'string') {
    res.send(output.body);
  } else {
    const { body } = endpoint.success;
    res.send(JSON.stringify(body ? body.parse(output.body) : output.body));
  }
}
