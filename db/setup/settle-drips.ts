import { eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';
import { rateCalls } from '../schema/setup.ts';

/** What an answer's headers say, after its call was charged. Decimal strings. */
export interface BucketReading {
  level: string;
  size: string;
  dripRate: string | null;
  burstLimit: number | null;
}

/**
 * Corrects the bucket by an answer: its level is what the answer says and the cost of every call that the answer can't
 * be known to include, because it was unanswered, or answered only after this one was acquired. An answer whose call is
 * older than the last correction says nothing new.
 */
export async function settleDrips(
  tx: Transaction,
  callId: string,
  reading: BucketReading,
  timeScale: number,
): Promise<void> {
  // First the lock, then a statement with a newer snapshot: it must see every call booked before.
  const locked = await tx.execute<{ accountId: string }>(sql`
    select b.account_id as "accountId" from rate_buckets b
    where b.account_id = (select account_id from rate_calls where id = ${callId}) for update`);
  const accountId = locked[0]?.accountId;
  if (accountId === undefined) return; // expired
  await tx.execute(sql`
    with call as (
      update rate_calls set answered_at = clock_timestamp() where id = ${callId} returning acquired_at
    ), outstanding as (
      select coalesce(sum(other.cost), 0) as cost
      from call left join rate_calls other on other.account_id = ${accountId} and other.id <> ${callId}
        and (other.answered_at is null or other.answered_at >= call.acquired_at)
        and other.expires_at > clock_timestamp()
    )
    update rate_buckets b set
      level = ${reading.level}::numeric + outstanding.cost,
      burst_level = greatest(0, b.burst_level
        - greatest(1, floor(b.burst_limit * 0.4)) * ${timeScale}::numeric
          * extract(epoch from clock_timestamp() - b.level_at)),
      level_at = clock_timestamp(),
      corrected_at = clock_timestamp(),
      size = ${reading.size}::numeric,
      drip_rate = coalesce(${reading.dripRate}::numeric, b.drip_rate),
      burst_limit = coalesce(${reading.burstLimit}::int, b.burst_limit)
    from call, outstanding
    where b.account_id = ${accountId} and (b.corrected_at is null or call.acquired_at >= b.corrected_at)`);
  // An answered call matters only to calls that were out beside it.
  await tx.execute(sql`
    delete from rate_calls where account_id = ${accountId} and (
      expires_at < clock_timestamp()
      or answered_at < (select coalesce(min(acquired_at), clock_timestamp()) from rate_calls
        where account_id = ${accountId} and answered_at is null))`);
}

/** The call was answered without a word about the bucket: its cost stays in our estimate. */
export async function forgetCall(db: Database, callId: string): Promise<void> {
  await db.delete(rateCalls).where(eq(rateCalls.id, callId));
}

/** The call was never sent: its cost is given back. */
export async function releaseDrips(db: Database, callId: string): Promise<void> {
  await db.execute(sql`
    with gone as (
      delete from rate_calls where id = ${callId} and answered_at is null returning account_id, cost
    )
    update rate_buckets b
    set level = greatest(0, b.level - gone.cost), burst_level = greatest(0, b.burst_level - 1)
    from gone where b.account_id = gone.account_id`);
}
