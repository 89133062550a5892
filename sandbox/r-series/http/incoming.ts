import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Body } from '../wire/read-body.ts';
import { isBody } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';

/** A request that has been read whole. */
export type Incoming = {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  text: string;
  form: Record<string, string>;
};

const largestBody = 8 * 1024 * 1024;

/** Reads a request and its form, if it is one. @throws Refusal 400 or 413 */
export async function readIncoming(request: IncomingMessage, origin: string): Promise<Incoming> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new Refusal(413, 'The request is too large.');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const url = readAddress(`${origin}${request.url ?? '/'}`);
  const type = request.headers['content-type'] ?? '';
  return {
    method: request.method ?? 'GET',
    url,
    headers: request.headers,
    text: bytes.toString('utf8'),
    form: await readForm(bytes, type),
  };
}

function readAddress(text: string): URL {
  try {
    const url = new URL(text);
    decodeURIComponent(url.pathname); // so that nobody behind this needs to care
    return url;
  } catch {
    throw new Refusal(400, 'The address is malformed.');
  }
}

async function readForm(bytes: Buffer, type: string): Promise<Record<string, string>> {
  if (!type.startsWith('multipart/form-data') && !type.startsWith('application/x-www-form-urlencoded')) return {};
  try {
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {}; // fields will be missing, and the answer will say which
  }
}

/** The JSON object of a request; an empty body is an empty object. @throws Refusal 400 */
export function jsonBody(incoming: Incoming): Body {
  if (incoming.text.trim() === '') return {};
  if (incoming.text.trimStart().startsWith('<'))
    throw new Refusal(400, 'This sandbox speaks JSON only, XML bodies are not understood.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(incoming.text);
  } catch {
    throw new Refusal(400, 'The request body is not valid JSON.');
  }
  if (!isBody(parsed)) throw new Refusal(400, 'The request body must be a JSON object.');
  return parsed;
}
