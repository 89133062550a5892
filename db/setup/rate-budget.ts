import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { rateBuckets } from '../schema/setup.ts';
import type { Grant } from './acquire-drips.ts';
import { acquireDrips } from './acquire-drips.ts';
import type { BucketReading } from './settle-drips.ts';
import { forgetCall, releaseDrips, settleDrips } from './settle-drips.ts';

/**
 * What each priority leaves free, and how far ahead of the drip it may book. An order costs up to 15 drips: bulk leaves
 * 20, of which its own bookings ahead take 4 at most, so that an order goes through a full pull without waiting.
 */
const shares = {
  order: { reserveDrips: 0, aheadDrips: 15 },
  interactive: { reserveDrips: 10, aheadDrips: 5 },
  bulk: { reserveDrips: 20, aheadDrips: 4 },
} as const;

/** An account that no answer has told of yet: the smallest of today's buckets. */
const unknownBucket = { size: '90', dripRate: 1, burstLimit: 20 };

/** Shares Lightspeed's rate limit of each account among all workers. @see DESIGN.md, "Lightspeed's rate budget" */
export function createRateBudget(db: Database, { timeScale }: { timeScale: number }) {
  async function addBucket(accountId: string): Promise<void> {
    await db
      .insert(rateBuckets)
      .values({
        accountId,
        level: '0',
        size: unknownBucket.size,
        dripRate: String(unknownBucket.dripRate * timeScale),
        levelAt: sql`clock_timestamp()`,
        burstLevel: '0',
        burstLimit: unknownBucket.burstLimit,
      })
      .onConflictDoNothing();
  }

  return {
    async acquire(accountId: string, costDrips: string, priority: keyof typeof shares): Promise<Grant> {
      const request = { accountId, costDrips, ...shares[priority], timeScale };
      const grant = await acquireDrips(db, request);
      if (grant) return grant;
      await addBucket(accountId);
      return (await acquireDrips(db, request)) ?? { kind: 'wait', waitMs: 100 };
    },
    async settle(callId: string, reading: BucketReading | null): Promise<void> {
      if (reading === null) await forgetCall(db, callId);
      else await db.transaction((tx) => settleDrips(tx, callId, reading, timeScale));
    },
    async release(callId: string): Promise<void> {
      await releaseDrips(db, callId);
    },
    async block(accountId: string, forMs: number): Promise<void> {
      const until = sql`clock_timestamp() + ${forMs} * interval '1 millisecond'`;
      await db
        .update(rateBuckets)
        .set({ blockedUntil: sql`greatest(${rateBuckets.blockedUntil}, ${until})` })
        .where(eq(rateBuckets.accountId, accountId));
    },
  };
}
