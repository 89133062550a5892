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

  /** False once the feed has nothing newer. */
  async function readPage(): Promise<boolean> {
    const before = books.version;
    books.applyListings(await client.listingsAfter(before, stopping.signal));
    return books.version > before;
  }

  async function readAll(): Promise<void> {
    while (hasNews && !stopping.signal.aborted) {
      hasNews = false; // before the read: news that comes during it must cause another
      try {
        while (await readPage()); // the API gives the feed in pages
      } catch (error) {
        if (stopping.signal.aborted) break;
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
