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
  return (query, parameters, options) => withoutHoles(unsafe(query, parameters, { ...options, prepare: true }));
}

/**
 * postgres.js 3.4 goes on counting rows where a connection was lost in the middle of a result: the next result over the
 * same place in the pool begins with that many holes, and its first row looks as if it weren't there.
 */
function withoutHoles<Pending extends object>(pending: Pending): Pending {
  const { resolve } = pending as { resolve?: (rows: unknown) => void };
  if (!resolve) throw new Error('postgres.js is another than the one that this was written for');
  const settle = (rows: unknown) => {
    if (Array.isArray(rows)) rows.splice(0, holesOf(rows));
    resolve(rows);
  };
  return Object.assign(pending, { resolve: settle });
}

function holesOf(rows: unknown[]): number {
  let holes = 0;
  while (holes < rows.length && !(holes in rows)) holes += 1;
  return holes;
}

function withPrepared(tx: TransactionSql): TransactionSql {
  const savepoint = tx.savepoint.bind(tx) as (run: Run) => Promise<unknown>;
  return Object.assign(tx, { unsafe: prepare(tx), savepoint: (run: Run) => savepoint((sp) => run(withPrepared(sp))) });
}
