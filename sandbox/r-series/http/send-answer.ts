import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Answer } from './answer.ts';
import { answerText } from './answer.ts';

const zip = promisify(gzip);
const worthZipping = 300;

/** Sends an answer, gzipped if the reader takes that and the body is worth it. */
export async function sendAnswer(response: ServerResponse, answer: Answer, asked: IncomingHttpHeaders): Promise<void> {
  const plain = Buffer.from(answerText(answer));
  const isZipped = plain.length >= worthZipping && /\bgzip\b/.test(asked['accept-encoding'] ?? '');
  const body = isZipped ? await zip(plain, { level: 1 }) : plain;
  if (response.destroyed) return;
  response.writeHead(answer.status, {
    ...answer.headers,
    vary: 'Accept-Encoding',
    ...(isZipped && { 'content-encoding': 'gzip' }),
    'content-length': String(body.length),
  });
  response.end(body);
}
