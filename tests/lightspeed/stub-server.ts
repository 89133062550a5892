import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface StubCall {
  method: string;
  url: string;
  token: string;
  body: string;
}

/** What the stub does with one call: an answer, or anything with the raw response. */
export type StubReply =
  | { status: number; body: unknown; headers?: Record<string, string> }
  | ((response: ServerResponse) => void);

/**
 * A till that says exactly what a test wants, where the sandbox would say what a till does.
 * Replies are taken in order; the last one stays.
 */
export async function startStub(...replies: StubReply[]) {
  const calls: StubCall[] = [];
  const server = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    calls.push({
      method: request.method ?? '',
      url: request.url ?? '',
      token: request.headers.authorization ?? '',
      body,
    });
    const reply = replies.length > 1 ? replies.shift()! : replies[0]!;
    if (typeof reply === 'function') return reply(response);
    response.writeHead(reply.status, { 'content-type': 'text/html', ...reply.headers });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    apiUrl: `http://127.0.0.1:${port}/API/V3`,
    setReplies(...next: StubReply[]) {
      replies.splice(0, replies.length, ...next);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
