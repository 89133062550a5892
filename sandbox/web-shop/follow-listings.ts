import { setTimeout as sleep } from 'node:timers/promises';
import type { ShopBooks } from './shop-books.ts';
import type { StorefrontClient } from './storefront-client.ts';

const RETRY_AFTER_MS = 1_000;

/** Keeps the books up with the listings feed. `look` says that there may be something new. */
export type FeedFollower = { look(): void; stop(): Promise<void> };

/** Reads the feed from where the books stand, page by page, each time it is told to look; a failed read is tried again. */
export function followListings(books: ShopBooks, client: StorefrontClient, log: (line: string) => void): FeedFollower {
  const stopping = new AbortController();
  let hasNews = false;
  let reading: Promise<void> | undefined;

  async function readAll(): Promise<void> {
    while (hasNews && !stopping.signal.aborted) {
      hasNews = false; // before the read: news that comes during it must cause another
      try {
        for (;;) {
          const page = await client.listingsAfter(books.version);
          if (page.length === 0) break;
          books.applyListings(page);
        }
      } catch (error) {
        log(`The shop could not read the listings (${String(error)}); it tries again.`);
        hasNews = true;
        await sleep(RETRY_AFTER_MS, undefined, { signal: stopping.signal }).catch(() => {}); // stopped while waiting
      }
    }
    reading = undefined;
  }

  return {
    look() {
      hasNews = true;
      reading ??= readAll();
    },
    async stop() {
      stopping.abort();
      await reading;
    },
  };
}
