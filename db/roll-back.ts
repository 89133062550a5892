import type { Database, Transaction } from './database.ts';

/** Does the work in a transaction that is undone, whatever it wrote, and gives what it found. */
export async function rollBack<T>(db: Database | Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const undone = new Error('undone on purpose');
  let found: { value: T } | null = null;
  await db
    .transaction(async (tx) => {
      found = { value: await work(tx) };
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return found!.value;
}
