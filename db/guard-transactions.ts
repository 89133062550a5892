import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Sql, TransactionSql } from 'postgres';

/**
 * Keeps a lost connection from ending the process. postgres.js 3.4 lets a transaction go on after its connection is gone:
 * its next query, be it the rollback, is then written to a socket that is null, outside of any promise. With this, such
 * a transaction stops where it is: `begin` rejects with the driver's own error, and nothing more is sent.
 */
export function guardTransactions(client: Sql): Sql {
  const begin = client.begin.bind(client) as (run: Run) => Promise<unknown>;
  const guarded = (run: Run) => {
    let isLost = false;
    const transaction = begin(
      (tx) =>
        new Promise((resolve, reject) => {
          // A turn later: a loss is told to the query under way and to `begin` at once, and only then to us.
          const settle = (pass: () => void) => nextTurn().then(() => (isLost ? undefined : pass()));
          run(stopWhen(tx, () => isLost)).then(
            (value) => settle(() => resolve(value)),
            (error: unknown) => settle(() => reject(error)),
          );
        }),
    );
    transaction.catch(() => {
      isLost = true;
    });
    return transaction;
  };
  return Object.assign(client, { begin: guarded });
}

type Run = (tx: TransactionSql) => Promise<unknown>;

/** Drizzle sends everything through `unsafe`. */
function stopWhen(tx: TransactionSql, isLost: () => boolean): TransactionSql {
  return new Proxy(tx, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== 'unsafe' || typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        if (isLost()) throw new Error("the transaction's connection was lost");
        return Reflect.apply(value, target, args);
      };
    },
  });
}
