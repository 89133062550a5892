import type { Till } from './till-stock.ts';

/** Lets the next sale that is sent to the till meet a fault. */
export async function faultNextSale({ control, accountId }: Till, fault: Record<string, unknown>): Promise<void> {
  await send('POST', `${control}/faults`, { account: accountId, method: 'POST', path: 'Sale', count: 1, fault });
}

/** Takes every fault away. */
export async function clearFaults({ control }: Till): Promise<void> {
  await send('DELETE', `${control}/faults`);
}

async function send(method: string, url: string, body?: unknown): Promise<void> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`the sandbox refused ${method} ${new URL(url).pathname}: ${response.status}`);
}
