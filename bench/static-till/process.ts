import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { startSandbox } from '../../sandbox/r-series/start-sandbox.ts';

/** No rate limit that a benchmark could reach, said in the vendor's own headers. */
const limits = {
  'x-ls-api-bucket-level': '0/100000000',
  'x-ls-api-drip-rate': '1000000',
  'x-ls-api-burst-level': '0/100000000',
};

/**
 * A till whose item pages are rendered before anything is measured, and then sent as they are, packed, by a plain HTTP
 * server in a process of its own: the simulator's speed plays no part. Whatever else is asked goes to the simulator.
 */
const items = Number(process.argv[2]);
const relations = encodeURIComponent('["ItemShops"]');
const sandbox = await startSandbox({ port: 0, items, seed: 1, unlimited: true });
const pages = new Map<string, Buffer>();
let refused: string | null = null;

const server = createServer((request, response) => {
  const path = request.url ?? '/';
  const page = pages.get(path);
  if (page && path === refused) {
    refused = null;
    response.writeHead(429, { ...limits, 'retry-after': '1', 'content-type': 'application/json' }).end('{}');
  } else if (page) {
    response.writeHead(200, { ...limits, 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(page);
  } else {
    forward(path, request.headers.authorization).then(
      ({ status, text }) => response.writeHead(status, { ...limits, 'content-type': 'application/json' }).end(text),
      () => response.writeHead(502).end(),
    );
  }
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function forward(path: string, authorization: string | undefined): Promise<{ status: number; text: string }> {
  const answer = await fetch(sandbox.origin + path, { headers: authorization ? { authorization } : {} });
  // Without the scheme, as the vendor's JSON escapes its slashes.
  const text = (await answer.text()).replaceAll(new URL(sandbox.origin).host, new URL(origin).host);
  return { status: answer.status, text };
}

/** Renders every page of a list, from its first. */
async function render(first: string): Promise<void> {
  for (let path: string | null = first; path !== null; ) {
    const { status, text } = await forward(path, `Bearer ${sandbox.accessToken}`);
    if (status !== 200) throw new Error(`${path} was answered ${status}`);
    pages.set(path, gzipSync(text, { level: 1 }));
    const next = (JSON.parse(text) as { '@attributes': { next: string } })['@attributes'].next;
    path = next === '' ? null : next.slice(origin.length);
  }
}

const firstPage = `/API/V3/Account/${sandbox.accountId}/Item.json?sort=itemID&limit=100&load_relations=${relations}`;
await render(firstPage);

process.on('message', (message: { redirectUri?: string; refusePage?: number }) => {
  if (message.redirectUri !== undefined) sandbox.setRedirectUri(message.redirectUri);
  if (message.refusePage !== undefined) refused = [...pages.keys()][message.refusePage] ?? null;
});
process.on('disconnect', () => process.exit(0));
const { authUrl, controlUrl, clientId, clientSecret, accountId, accessToken } = sandbox;
process.send!({
  origin,
  apiUrl: `${origin}/API/V3`,
  firstPage: origin + firstPage,
  pages: pages.size,
  authUrl,
  controlUrl,
  clientId,
  clientSecret,
  accountId,
  accessToken,
});
