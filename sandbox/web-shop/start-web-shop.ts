import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { requireFreePort } from '../stack/free-ports.ts';
import type { FeedFollower } from './follow-listings.ts';
import { followListings } from './follow-listings.ts';
import type { ShopBooks } from './shop-books.ts';
import { createShopBooks, ShopEvent } from './shop-books.ts';
import { shopPage } from './shop-page.ts';
import type { StorefrontClient } from './storefront-client.ts';

/** The demo web shop: its page, the address for Tillbridge's webhooks, and its books. */
export type WebShop = {
  url: string;
  webhookUrl: string;
  books: ShopBooks;
  /** Gives the shop its access to Tillbridge; from then on it follows the listings feed. */
  connect: (client: StorefrontClient) => void;
  stop: () => Promise<void>;
};

/**
 * Starts the shop on 127.0.0.1. It takes webhooks at /webhooks, refuses those whose signature by `secret` (`whsec_…`) is
 * wrong or too old, and answers the same event a second time without doing anything.
 * @throws Error if the port is busy; a free one is taken unless given.
 */
export async function startWebShop(options: {
  port?: number;
  secret: string;
  log?: (line: string) => void;
}): Promise<WebShop> {
  const { port = 0, secret, log = () => {} } = options;
  if (port > 0) await requireFreePort(port, 'the web shop', 'WEB_SHOP_PORT');
  const books = createShopBooks();
  const webhook = new Webhook(secret);
  let feed: FeedFollower | undefined;

  const app = express().disable('x-powered-by');
  app.get('/', (_request, response) => void response.type('html').send(shopPage(books)));
  // The signature covers the body's very bytes, so they must not be parsed and written again.
  app.post('/webhooks', express.raw({ type: () => true, limit: '1mb' }), (request, response) => {
    const event = verify(webhook, request);
    if (!event) {
      books.counts.rejected++;
      response.status(401).end();
      return;
    }
    books.counts.verified++;
    const isNew = books.applyEvent(request.get('webhook-id') ?? '', event);
    if (isNew && event.type === 'listings.changed') feed?.look();
    response.status(204).end();
  });

  const server = app.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    webhookUrl: `${url}/webhooks`,
    books,
    connect(client) {
      feed = followListings(books, client, log);
      feed.look();
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await feed?.stop();
    },
  };
}

function verify(webhook: Webhook, request: express.Request): ShopEvent | undefined {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body)) return undefined; // no body at all
  try {
    const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
    const headers = Object.fromEntries(names.map((name) => [name, request.get(name) ?? '']));
    return ShopEvent.safeParse(webhook.verify(body, headers)).data;
  } catch (error) {
    if (error instanceof WebhookVerificationError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
