import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordingProxy {
  url: string;
  /** Every secret that has crossed the wire to Lightspeed and back, by what it was called there. */
  secrets: Map<string, Set<string>>;
  close(): Promise<void>;
}

const secretFields = ['access_token', 'refresh_token', 'code', 'code_verifier', 'client_secret', 'token'];

/** Stands between the product and Lightspeed, passes everything on, and remembers what must be found nowhere else. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const secrets = new Map<string, Set<string>>();
  const remember = (name: string, value: unknown) => {
    if (typeof value !== 'string' || value.length < 12) return;
    secrets.set(name, (secrets.get(name) ?? new Set()).add(value));
  };
  const rememberBody = (text: string) => {
    const fields = text.startsWith('{')
      ? (JSON.parse(text) as Record<string, unknown>)
      : Object.fromEntries(new URLSearchParams(text));
    for (const name of secretFields) remember(name, fields[name]);
  };
  const server = createServer((incoming, outgoing) => {
    const isOAuth = incoming.url!.startsWith('/auth/oauth/') && incoming.method === 'POST';
    remember('bearer', incoming.headers.authorization?.replace(/^Bearer /i, ''));
    const sent: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => sent.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(sent);
      if (isOAuth) rememberBody(body.toString());
      const { method } = incoming;
      const { 'accept-encoding': _, ...headers } = incoming.headers; // answers come as plain text
      const passed = send(new URL(incoming.url!, target), { method: method!, headers }, (answer) => {
        const received: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => received.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(received);
          if (isOAuth && text.toString().startsWith('{')) rememberBody(text.toString());
          remember('code', new URL(answer.headers.location ?? target).searchParams.get('code'));
          outgoing.writeHead(answer.statusCode!, answer.headers).end(text);
        });
      });
      passed.on('error', () => outgoing.destroy());
      passed.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
