import type { Incoming } from '../http/incoming.ts';
import { plainText } from '../wire/plain-text.ts';
import { isBody } from '../wire/read-body.ts';

/** A request's fields from its query and its body, which may be JSON, a form or multipart; Basic credentials count too. */
export function requestFields(incoming: Incoming): Record<string, string> {
  return {
    ...Object.fromEntries(incoming.url.searchParams),
    ...basicCredentials(incoming),
    ...jsonFields(incoming),
    ...incoming.form,
  };
}

function jsonFields({ headers, text }: Incoming): Record<string, string> {
  if (!(headers['content-type'] ?? '').includes('json')) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isBody(parsed)) return {};
    const scalars = Object.entries(parsed).filter(([, value]) => value !== null && typeof value !== 'object');
    return Object.fromEntries(scalars.map(([name, value]) => [name, plainText(value)]));
  } catch {
    return {}; // fields will be missing, and the answer will say which
  }
}

function basicCredentials({ headers }: Incoming): Record<string, string> {
  const encoded = /^Basic\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (!encoded) return {};
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? {} : { client_id: text.slice(0, colon), client_secret: text.slice(colon + 1) };
}
