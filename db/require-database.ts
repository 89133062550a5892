import { sql } from 'drizzle-orm';
import { safeError } from '../runtime/safe-error.ts';
import type { Database } from './database.ts';
import { tenants } from './schema/tenants.ts';

const noSuchTable = '42P01';

/** For the start of a process. @throws Error in plain words, when the database doesn't answer or was never migrated. */
export async function requireDatabase(db: Database): Promise<void> {
  try {
    await db.select({ one: sql`1` }).from(tenants).limit(1);
  } catch (error) {
    const { cause } = safeError(error);
    if (cause?.code === noSuchTable)
      throw new Error('the database has no tables yet: run npm run migrate', { cause: error });
    throw new Error(`the database doesn't answer (${cause?.code ?? 'no connection'}); see DATABASE_URL`, {
      cause: error,
    });
  }
}
