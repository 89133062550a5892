import { isNull } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { attention, outbox } from '../schema/notify.ts';

/** Over the whole installation, for its metrics: the one place besides the sweep where no tenant is named. */
export const countWaiting = {
  events: (db: Database): Promise<number> => db.$count(outbox, isNull(outbox.deliveredAt)),
  attention: (db: Database): Promise<number> => db.$count(attention, isNull(attention.resolvedAt)),
};
