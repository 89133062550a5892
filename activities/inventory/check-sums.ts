import type { Database } from '../../db/database.ts';
import type { Till, TillItemWithStock, TillPage } from '../../lightspeed/till.ts';
import { readAgain } from './read-again.ts';

/** Quantities have few decimals; their sums as binary fractions are off by less. */
const nothing = 1e-6;

/**
 * Gives pages as they are, but for items whose stock rows don't add up to the till's own sum (`shopID` 0): one of their
 * rows is missing or from another moment, so these items are read again.
 */
export async function* checkSums(
  db: Database,
  till: Till,
  tenant: string,
  pages: AsyncIterable<TillPage<TillItemWithStock>>,
): AsyncGenerator<TillPage<TillItemWithStock>, void> {
  for await (const page of pages) {
    const doubtful = page.rows.filter((item) => !addsUp(item)).map(({ itemId }) => itemId);
    if (doubtful.length === 0) {
      yield page;
      continue;
    }
    const again = new Map<string, TillItemWithStock>();
    const half = Math.ceil(doubtful.length / 2); // a page may hold more than one call takes
    for (const ids of [doubtful.slice(0, half), doubtful.slice(half)]) {
      for (const item of await readAgain(db, till, tenant, ids)) again.set(item.itemId, item);
    }
    yield { ...page, rows: page.rows.map((item) => again.get(item.itemId) ?? item), calls: page.calls + 1 };
  }
}

function addsUp({ stock, qohOfAllShops }: TillItemWithStock): boolean {
  if (qohOfAllShops === null) return true;
  const sum = stock.reduce((total, { qoh }) => total + Number(qoh), 0);
  return Math.abs(sum - Number(qohOfAllShops)) < nothing;
}
