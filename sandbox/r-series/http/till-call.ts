import type { Row } from '../books/row.ts';
import { requestCost } from '../limiter/request-cost.ts';
import { listRows } from '../query/list-rows.ts';
import { relationTree, writeRelationTree } from '../query/relation-tree.ts';
import { accountAnswer, accountList } from '../resources/account.ts';
import type { Call, Resource } from '../resources/resource.ts';
import { sessionAnswer } from '../resources/session.ts';
import type { Body } from '../wire/read-body.ts';
import { isBody } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';
import { renderRow } from '../wire/render-row.ts';
import type { WireObject } from '../wire/wire-json.ts';
import { oneOrMany } from '../wire/wire-json.ts';
import type { World } from '../world.ts';
import type { Answer } from './answer.ts';
import { errorAnswer, jsonAnswer } from './answer.ts';
import { authenticate } from './authenticate.ts';
import type { Incoming } from './incoming.ts';
import { jsonBody } from './incoming.ts';
import { chargeCall } from './limit-headers.ts';
import type { TillRoute } from './till-route.ts';
import { tillRoute } from './till-route.ts';

type ResourceRoute = TillRoute & { kind: 'resource' };

/** Answers a call under /API. What it changes is kept whole or not at all; a refused call is charged like any other. */
export function tillCall(world: World, incoming: Incoming): Answer {
  const caller = world.changes.run(() => authenticate(world, incoming));
  if (caller.kind === 'refused') return caller.answer;
  const { call } = caller;
  let headers: Record<string, string> = {};
  let cost = 1;
  try {
    const route = routeOf(incoming);
    cost =
      route.kind === 'resource'
        ? requestCost({
            method: incoming.method,
            ...route,
            params: incoming.url.searchParams,
            body: lenientBody(incoming),
          })
        : 1;
    const charge = chargeCall(world, caller, cost);
    headers = charge.headers;
    if (charge.refusal) return { ...charge.refusal, account: call.books.account };
    requireJson(incoming);
    const value = world.changes.run(() => runRoute(world, route, incoming, call));
    return { ...jsonAnswer(200, value, headers), cost, account: call.books.account };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (Object.keys(headers).length === 0) headers = chargeCall(world, caller, cost).headers;
    return {
      ...errorAnswer(error.status, error.message, error.errorClass, headers),
      cost,
      account: call.books.account,
    };
  }
}

function routeOf(incoming: Incoming): TillRoute {
  return tillRoute(decodeURIComponent(incoming.url.pathname));
}

function lenientBody(incoming: Incoming): Body {
  try {
    const parsed: unknown = JSON.parse(incoming.text);
    return isBody(parsed) ? parsed : {};
  } catch {
    return {}; // refused later on, but charged as what it is
  }
}

/** XML is the till's default; this sandbox speaks JSON, asked for by suffix or Accept, of which Accept wins. */
function requireJson({ url, headers }: Incoming): void {
  const accept = headers.accept ?? '*/*';
  const isWanted = accept.includes('json') || (accept.includes('*/*') && url.pathname.endsWith('.json'));
  if (!isWanted)
    throw new Refusal(406, 'This sandbox speaks JSON only: add .json to the path, or send Accept: application/json.');
}

function runRoute(world: World, route: TillRoute, incoming: Incoming, call: Call): WireObject {
  if (route.kind !== 'resource') {
    if (incoming.method !== 'GET') throw new Refusal(405, 'Only GET is allowed here.');
    if (route.kind === 'session') return sessionAnswer(call);
    const account = world.oauth.accounts.need(call.books.account);
    if (route.kind === 'accounts') return accountList(account);
    requireOwnAccount(route.accountID, call);
    return accountAnswer(account, call);
  }
  requireOwnAccount(route.accountID, call);
  const address = `${world.origin}${incoming.url.pathname}`;
  return runResource(route, incoming, address, call);
}

function requireOwnAccount(accountID: number, { books }: Call): void {
  if (accountID !== books.account) throw new Refusal(403, `The access token is not valid for account ${accountID}.`);
}

function runResource(route: ResourceRoute, incoming: Incoming, address: string, call: Call): WireObject {
  const { resource, id, sub } = route;
  const { method, url } = incoming;
  if (sub !== undefined) return runSubPath(resource, foundRow(resource, id, call), sub, incoming, call);
  requireRight(method === 'GET' ? resource.rights.read : resource.rights.write, call);
  if (method === 'GET' && id === undefined && resource.list) return listRows(resource, url.searchParams, address, call);
  if (method === 'GET' && id !== undefined && resource.one) {
    return one(
      resource,
      foundRow(resource, id, call),
      relationTree(resource, url.searchParams.get('load_relations')),
      call,
    );
  }
  if (method === 'POST' && id === undefined && resource.create) {
    return one(resource, resource.create(jsonBody(incoming), call), writeRelationTree(resource), call);
  }
  if (method === 'PUT' && id !== undefined && resource.update) {
    const row = foundRow(resource, id, call);
    return one(resource, resource.update(row, jsonBody(incoming), call), writeRelationTree(resource), call);
  }
  if (method === 'DELETE' && id !== undefined && resource.remove) {
    const row = foundRow(resource, id, call);
    resource.remove(row, call);
    return one(resource, row, {}, call);
  }
  throw new Refusal(405, `${method} is not allowed for ${resource.name}.`);
}

function runSubPath(resource: Resource, row: Row, name: string, incoming: Incoming, call: Call): WireObject {
  const sub = resource.subPaths?.[name];
  if (!sub) throw new Refusal(404, `There is no '${name}' under ${resource.name}.`);
  if (sub.method !== incoming.method)
    throw new Refusal(405, `Only ${sub.method} is allowed for ${resource.name}/${name}.`);
  requireRight(sub.rights, call);
  const result = sub.run(row, jsonBody(incoming), call);
  const tree = result.isList ? {} : writeRelationTree(result.resource);
  const rows = oneOrMany(result.rows.map((one) => renderRow(result.resource, one, tree, call)));
  return {
    '@attributes': { count: String(result.rows.length) },
    ...(rows !== undefined && { [result.resource.name]: rows }),
  };
}

function one(resource: Resource, row: Row, tree: Parameters<typeof renderRow>[2], call: Call): WireObject {
  return { '@attributes': { count: '1' }, [resource.name]: renderRow(resource, row, tree, call) };
}

function foundRow(resource: Resource, id: string | undefined, { books }: Call): Row {
  const number = /^\d{1,15}$/.test(id ?? '') ? Number(id) : 0;
  const row = resource.find ? resource.find(number, books) : resource.table(books).get(number);
  if (!row) throw new Refusal(404, `Object of type '${resource.name}' not found with primary ID '${id ?? ''}'.`);
  return row;
}

function requireRight(rights: readonly string[], call: Call): void {
  if (rights.length > 0 && !rights.some((right) => call.can(right))) {
    throw new Refusal(
      403,
      `The access token lacks a right for this: one of ${rights.map((right) => `employee:${right}`).join(', ')}.`,
    );
  }
}
