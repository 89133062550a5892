import type { Sql, TransactionSql } from 'postgres';

/**
 * Lets the driver prepare each statement once per connection, as it does for its own templates: Drizzle, which sends
 * everything through `unsafe`, asks it not to, and so every query takes two round trips (to learn the types of its
 * parameters, then to run) and can't be sent behind another without waiting.
 */
export function prepareStatements(client: Sql): Sql {
  const begin = client.begin.bind(client) as (run: Run) => Promise<unknown>;
  const prepared = prepare(client);
  return Object.assign(client, { unsafe: prepared, begin: (run: Run) => begin((tx) => run(withPrepared(tx))) });
}

type Run = (tx: TransactionSql) => Promise<unknown>;
type Unsafe = Sql['unsafe'];

function prepare(client: Sql | TransactionSql): Unsafe {
  const unsafe = client.unsafe.bind(client);
  return (query, parameters, options) => unsafe(query, parameters, { ...options, prepare: true });
}

function withPrepared(tx: TransactionSql): TransactionSql {
  const savepoint = tx.savepoint.bind(tx) as (run: Run) => Promise<unknown>;
  return Object.assign(tx, { unsafe: prepare(tx), savepoint: (run: Run) => savepoint((sp) => run(withPrepared(sp))) });
}
