import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Why an address may not be called; the message is for the one who set it. */
export class TargetRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TargetRefused';
  }
}

export type Resolve = (host: string) => Promise<LookupAddress[]>;

const resolveByDns: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/**
 * Whether an address is one of the public internet: neither private, loopback, link-local (a cloud's metadata service),
 * multicast, reserved, nor one of these wrapped in IPv6 (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  // What IANA has handed out as global unicast: outside it lie old ways to write an IPv4 address, as `::127.0.0.1`.
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(ipaddr.IPv6.parseCIDR('2000::/3'))) return false;
  return parsed.range() === 'unicast';
}

/** What a URL's form alone tells. @throws TargetRefused */
export function checkTargetUrl(text: string, allowPrivate: boolean): URL {
  if (!URL.canParse(text)) throw new TargetRefused('Not a URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) {
    throw new TargetRefused('The address must begin with https://');
  }
  if (url.username !== '' || url.password !== '') {
    throw new TargetRefused('The address must not hold a user name or password');
  }
  if (url.hash !== '') throw new TargetRefused('The address must not hold a fragment (#…)');
  const literal = literalAddress(url);
  if (literal !== null && !allowPrivate && !isPublicAddress(literal)) throw privateTarget();
  return url;
}

/**
 * The addresses behind a host name, every one of them checked: connect to one of these, without asking the DNS again,
 * or an answer that changes in between leads inside.
 * @throws TargetRefused
 */
export async function resolveTarget(
  host: string,
  allowPrivate: boolean,
  resolve: Resolve = resolveByDns,
): Promise<LookupAddress[]> {
  const found = await resolve(host).catch(() => []);
  if (found.length === 0) throw new TargetRefused('The host name has no address');
  if (!allowPrivate && !found.every(({ address }) => isPublicAddress(address))) throw privateTarget();
  return found;
}

/** The whole check, for when an address is set. @throws TargetRefused */
export async function guardTarget(text: string, allowPrivate: boolean, resolve?: Resolve): Promise<void> {
  const url = checkTargetUrl(text, allowPrivate);
  if (literalAddress(url) === null) await resolveTarget(url.hostname, allowPrivate, resolve);
}

function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? null : host;
}

function privateTarget(): TargetRefused {
  return new TargetRefused('The address leads to a private network');
}
