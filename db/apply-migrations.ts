import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const folder = fileURLToPath(new URL('../migrations', import.meta.url));

/** Brings the database up to date. Any number of processes may do so at once: one works, the others wait. */
export async function applyMigrations(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const db = drizzle({ client });
    // Held by the session, of which there is one; it ends with it even after a crash.
    await db.execute(sql`select pg_advisory_lock(hashtext('tillbridge migrations'))`).catch((error: unknown) => {
      throw new Error("the database doesn't answer; see DATABASE_URL", { cause: error });
    });
    await migrate(db, { migrationsFolder: folder });
  } finally {
    await client.end({ timeout: 5 });
  }
}
