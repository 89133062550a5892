import type { Resource } from '../resources/resource.ts';
import { resourceList } from '../resources/resource-list.ts';
import { Refusal } from '../wire/refusal.ts';

/** What a path under /API means. */
export type TillRoute =
  | { kind: 'session' }
  | { kind: 'accounts' }
  | { kind: 'account'; accountID: number }
  | { kind: 'resource'; accountID: number; resource: Resource; id: string | undefined; sub: string | undefined };

const byName = new Map(resourceList.map((resource) => [resource.name, resource]));

/** @throws Refusal 404 for a path that is nothing, 410 for V2 */
export function tillRoute(path: string): TillRoute {
  const parts = path
    .replace(/\.(json|xml)$/, '')
    .split('/')
    .filter((part) => part !== '')
    .slice(1);
  const isV3 = parts[0] === 'V3';
  const [first, account, name, id, sub, ...more] = isV3 ? parts.slice(1) : parts;
  if (first === 'Session' && account === undefined) return { kind: 'session' };
  if (first !== 'Account' || more.length > 0) throw new Refusal(404, `There is nothing at ${path}.`);
  if (account === undefined) return { kind: 'accounts' };
  if (!/^\d+$/.test(account)) throw new Refusal(404, `There is nothing at ${path}.`);
  if (!isV3) throw new Refusal(410, 'API V2 is discontinued. Use /API/V3/Account.');
  if (name === undefined) return { kind: 'account', accountID: Number(account) };
  const resource = byName.get(name);
  if (!resource) throw new Refusal(404, `There is no resource '${name}'.`);
  return { kind: 'resource', accountID: Number(account), resource, id, sub };
}
