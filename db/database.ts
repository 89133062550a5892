import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { guardTransactions } from './guard-transactions.ts';
import { prepareStatements } from './prepare-statements.ts';
import * as inventory from './schema/inventory.ts';
import * as notify from './schema/notify.ts';
import * as orders from './schema/orders.ts';
import * as setup from './schema/setup.ts';
import * as tenants from './schema/tenants.ts';

const schema = { ...tenants, ...setup, ...inventory, ...orders, ...notify };

function open(url: string, maxConnections: number) {
  const client = guardTransactions(
    prepareStatements(
      postgres(url, {
        max: maxConnections,
        onnotice: () => {},
        // A plan made once for all tenants would suit none: each call is planned for the tenant that it names.
        connection: { application_name: 'tillbridge', plan_cache_mode: 'force_custom_plan' },
      }),
    ),
  );
  return { client, db: drizzle({ client, schema, casing: 'snake_case' }) };
}

export type Database = ReturnType<typeof open>['db'];

/** What a function takes that must share its caller's transaction. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

/** Opens a pool. `close` waits for what is under way, 5 s at most. */
export function openDatabase(url: string, options: { maxConnections?: number } = {}) {
  const { client, db } = open(url, options.maxConnections ?? 10);
  return { db, close: () => client.end({ timeout: 5 }) };
}
