import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface ReceivedEvent {
  id: string;
  type: string;
  tenant: string;
  number: number;
  subject: string;
  createdAt: string;
  data: Record<string, unknown>;
}

export interface Receiver {
  url: string;
  /** What was taken, in the order in which it came. */
  taken: ReceivedEvent[];
  /** How often an event was turned away. */
  refused: ReceivedEvent[];
  forged: number;
  trust(secret: string): void;
  /** From now on, what to answer: 200 takes the event. */
  answer(status: (event: ReceivedEvent) => number): void;
  close(): Promise<void>;
}

/** A storefront's receiver: it checks every signature with the public library before it looks at an event. */
export async function startReceiver(): Promise<Receiver> {
  let secret = '';
  let statusOf = (_event: ReceivedEvent) => 200;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (data) => (body += String(data)));
    request.on('end', () => {
      try {
        const event = new Webhook(secret).verify(body, request.headers as Record<string, string>) as ReceivedEvent;
        const status = statusOf(event);
        (status === 200 ? receiver.taken : receiver.refused).push(event);
        response.writeHead(status, status === 302 ? { location: `${receiver.url}/elsewhere` } : {}).end();
      } catch {
        receiver.forged++;
        response.writeHead(401).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    taken: [],
    refused: [],
    forged: 0,
    trust: (known) => {
      secret = known;
    },
    answer: (status) => {
      statusOf = status;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  return receiver;
}
