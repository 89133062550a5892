import { sql } from 'drizzle-orm';
import type { ListingChange } from '../../domain/setup/step-effects.ts';
import type { Transaction } from '../database.ts';
import { isTimeout } from '../is-timeout.ts';
import { readClock } from './read-clock.ts';
import { wantedListings } from './wanted-listings.ts';

/** An admin waits for the answer, and other steps for the setup's row. */
const patienceMs = 2_000;

/**
 * How what is displayed would move by the settings as they stand in this transaction, by the statement that decides.
 * Mappings don't hang on settings, so nothing is matched. Call it last: it leaves the time limit set.
 * @returns null if that takes too long.
 */
export async function foreseeListings(
  tx: Transaction,
  tenant: string,
  unpaidMs: number,
): Promise<ListingChange | null> {
  try {
    return await tx.transaction(async (attempt) => {
      await attempt.execute(sql`select set_config('statement_timeout', ${`${patienceMs}`}, true)`);
      const [change] = await attempt.execute<ListingChange & Record<string, unknown>>(sql`
        with ${wantedListings(tenant, 'everything', await readClock(attempt), unpaidMs)}
        select count(*) filter (where w.displayed and l.displayed is not true)::int as shown,
          count(*) filter (where l.displayed and not w.displayed)::int as hidden,
          count(*) filter (where w.displayed and l.displayed and (w.quantity, w.quantities, w.price, w.sale_price)
            is distinct from (l.quantity, l.quantity_by_location, l.price, l.sale_price))::int as changed
        from wanted w left join listings l on l.tenant = ${tenant} and l.sku = w.sku`);
      return change!;
    });
  } catch (error) {
    if (isTimeout(error)) return null;
    throw error;
  }
}
