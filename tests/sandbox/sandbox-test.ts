import { createHash, randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../sandbox/r-series/start-sandbox.ts';
import { startSandbox } from '../../sandbox/r-series/start-sandbox.ts';

/** Any answer, as a script would look into it. */
// oxlint-disable-next-line typescript/no-explicit-any -- the wire's own shape is what these tests are about
export type Wire = any;
export type WireAnswer = { status: number; headers: Headers; body: Wire; text: string };

/** A sandbox for one test, without rate limits unless told otherwise. */
export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, items: 40, seed: 1, unlimited: true, ...options });
  onTestFinished(sandbox.stop);
  return sandbox;
}

/** Calls the till as any client would; `path` is relative to the account unless it is absolute. */
export async function call(
  sandbox: Pick<Sandbox, 'apiUrl' | 'accountId' | 'accessToken'>,
  method: string,
  path: string,
  body?: unknown,
  token = sandbox.accessToken,
): Promise<WireAnswer> {
  const url = path.startsWith('http') ? path : `${sandbox.apiUrl}/Account/${sandbox.accountId}/${path}`;
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    redirect: 'manual',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) };
}

/** Calls the control plane. */
export async function control(
  sandbox: Pick<Sandbox, 'controlUrl'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Wire> {
  const answer = await fetch(`${sandbox.controlUrl}/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const value = (await answer.json()) as Wire;
  if (!answer.ok) throw new Error(JSON.stringify(value));
  return value;
}

/** All rows behind `path`, by following `next`; `onPage` sees each page. */
export async function allRows(
  sandbox: Sandbox,
  path: string,
  resource: string,
  onPage?: (page: number) => Promise<void>,
): Promise<Wire[]> {
  const rows: Wire[] = [];
  let next = path;
  for (let page = 1; next !== ''; page += 1) {
    const { body } = await call(sandbox, 'GET', next);
    rows.push(...[body[resource] ?? []].flat());
    next = body['@attributes'].next as string;
    await onPage?.(page);
  }
  return rows;
}

/** What a client makes for PKCE. */
export function pkcePair(): { verifier: string; challenge: string } {
  const verifier = randomBytes(48).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Signs in without a browser and gives the redirect's parameters. */
export async function signIn(
  sandbox: Sandbox,
  employeeId: number,
  more: Record<string, string> = {},
): Promise<URLSearchParams> {
  const answer = await fetch(`${sandbox.authUrl}/authorize`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      response_type: 'code',
      client_id: sandbox.clientId,
      scope: 'employee:register employee:inventory_read',
      state: 'xyz',
      accountId: sandbox.accountId,
      employeeId: String(employeeId),
      decision: 'approve',
      ...more,
    }),
  });
  if (answer.status !== 302) throw new Error(`${answer.status}: ${await answer.text()}`);
  return new URL(answer.headers.get('location') ?? '').searchParams;
}

/** POST token, form-encoded. */
export async function token(sandbox: Sandbox, fields: Record<string, string>): Promise<WireAnswer> {
  const answer = await fetch(`${sandbox.authUrl}/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: sandbox.clientId, client_secret: sandbox.clientSecret, ...fields }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) };
}

/** The first item that moves stock, with its quantity at shop 1. */
export async function stockedItem(sandbox: Sandbox): Promise<{ itemID: string; qoh: number; price: string }> {
  const { body } = await call(
    sandbox,
    'GET',
    'Item.json?load_relations=["ItemShops"]&itemType=default&ItemShops.qoh=%3E%3D,5',
  );
  for (const item of [body.Item].flat()) {
    const row = [item.ItemShops.ItemShop].flat().find((stock: Wire) => stock.shopID === '1');
    if (row) return { itemID: item.itemID, qoh: Number(row.qoh), price: item.Prices.ItemPrice[0].amount };
  }
  throw new Error('no item has stock at shop 1');
}

function parsed(text: string): Wire {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
