import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

export type Grant = { kind: 'granted'; callId: string; waitMs: number } | { kind: 'wait'; waitMs: number };

export interface DripRequest {
  accountId: string;
  costDrips: string;
  /** What this priority leaves to those above it. */
  reserveDrips: number;
  /** How far it may book ahead of the drip: callers of a priority are then served in their order. */
  aheadDrips: number;
  /** How many times faster than ours the till's clock runs. */
  timeScale: number;
}

/** An answer is out for a minute at most; what is older will never come. */
const answeredWithin = '3 minutes';

/**
 * Books a call, in one statement under the bucket's row lock, by the database's clock. Null if the bucket is unknown.
 *
 * A call may be booked ahead: its cost counts at once, and it is to be sent when the level will have dripped far enough.
 * Whatever is booked later finds the level that includes it, so that no send takes the level over the size.
 * The vendor's burst limiter has fixed windows of a second that we don't see: a bucket of two fifths of the limit that
 * empties in a second never puts more than four fifths of it into any second.
 * @see lightspeed-r-series.md, "Rate limits"
 */
export async function acquireDrips(db: Database, request: DripRequest): Promise<Grant | null> {
  const { accountId, costDrips, reserveDrips, aheadDrips, timeScale } = request;
  const rows = await db.execute<{ isGranted: boolean; callId: string | null; waitMs: number }>(sql`
    with locked as materialized (
      select * from rate_buckets where account_id = ${accountId} for update
    ), timed as materialized (
      select locked.*, clock_timestamp() as at, ${costDrips}::numeric as cost,
        greatest(1, floor(burst_limit * 0.4)) as burst_size
      from locked
    ), leaked as (
      select *, burst_size * ${timeScale}::numeric as burst_rate,
        greatest(0, level - drip_rate * extract(epoch from at - level_at)) as level_now,
        greatest(0, burst_level - burst_size * ${timeScale}::numeric * extract(epoch from at - level_at)) as burst_now
      from timed
    ), needed as (
      select *,
        greatest(0, level_now + cost - greatest(size - ${reserveDrips}::numeric, cost)) as drips_over,
        greatest(0, burst_now + 1 - burst_size) as calls_over,
        greatest(0, coalesce(extract(epoch from blocked_until - at), 0)) as blocked_s
      from leaked
    ), decided as (
      select *, drips_over <= ${aheadDrips}::numeric and calls_over <= burst_size and blocked_s = 0 as is_granted,
        greatest(drips_over / drip_rate, calls_over / burst_rate, blocked_s) as wait_s
      from needed
    ), booked as (
      update rate_buckets b
      set level = round(d.level_now + d.cost, 4), burst_level = round(d.burst_now + 1, 4), level_at = d.at
      from decided d
      where b.account_id = d.account_id and d.is_granted
    ), call as (
      insert into rate_calls (account_id, cost, acquired_at, expires_at)
      select account_id, cost, at, at + wait_s * interval '1 second' + ${answeredWithin}::interval
      from decided where is_granted
      returning id
    )
    select is_granted as "isGranted", (select id from call) as "callId", (wait_s * 1000)::float8 as "waitMs"
    from decided`);
  const [row] = rows;
  if (!row) return null;
  const { isGranted, callId, waitMs } = row;
  return isGranted && callId !== null ? { kind: 'granted', callId, waitMs } : { kind: 'wait', waitMs };
}
