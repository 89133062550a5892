import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { listings, mappings, posItems, posStock } from '../schema/inventory.ts';
import { connections, rateBuckets } from '../schema/setup.ts';
import { tenants } from '../schema/tenants.ts';

/** Customers' data goes first: whatever comes in between, that is gone. */
const personal = ['orders', 'order_history', 'payments', 'fulfilments', 'order_lines', 'till_customers'];
/** Stay until the tokens in them are revoked, and go with the tenant itself. */
const last = ['connect_attempts', 'connections', 'tenants', 'tenant_removals'];
const atOnce = 2_000;

/** The tables that hold rows of tenants, as the database itself tells, in the order in which they are emptied. */
export async function listTenantTables(db: Database): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = current_schema() and c.column_name = 'tenant' and t.table_type = 'BASE TABLE'
    order by 1`);
  const names = rows.map(({ name }) => name).filter((name) => !last.includes(name));
  return [...personal.filter((name) => names.includes(name)), ...names.filter((name) => !personal.includes(name))];
}

/** Deletes some of the tenant's rows of one table. @returns how many; fewer than a batch: it is empty. */
export async function eraseBatch(
  db: Database,
  tenant: string,
  table: string,
): Promise<{ erased: number; isEmpty: boolean }> {
  const name = sql.identifier(table);
  const { count } = await db.execute(sql`
    delete from ${name} where ctid in (select ctid from ${name} where tenant = ${tenant} limit ${atOnce})`);
  return { erased: count, isEmpty: count < atOnce };
}

/** Deletes the tenant itself, and with it what has come in since its tables were emptied. Safe to repeat. */
export async function eraseTenant(db: Database, tenant: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      delete from ${rateBuckets} where account_id in (
        select account_id from ${connections} where tenant = ${tenant}
        except select account_id from ${connections} where tenant <> ${tenant})`);
    await tx.delete(tenants).where(eq(tenants.tenant, tenant));
    // These have no reference, but whoever writes them holds a run of the tenant, or the tenant: he was waited for.
    for (const table of [posItems, posStock, mappings, listings])
      await tx.delete(table).where(eq(table.tenant, tenant));
  });
}
