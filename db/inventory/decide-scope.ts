import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

/** What a decision is about. The rules run over it alone: nothing outside may bear on what is decided inside. */
export type DecideScope = 'everything' | { skus: string[]; itemIds: string[] };

export const inScope = {
  /** Restricts a column of SKUs to the scope; goes behind a condition. */
  sku: (scope: DecideScope, column: SQL): SQL =>
    scope === 'everything' ? sql`` : sql`and ${column} = any(${sql.param(scope.skus)}::text[])`,
  /** The same of POS item ids. */
  item: (scope: DecideScope, column: SQL): SQL =>
    scope === 'everything' ? sql`` : sql`and ${column} = any(${sql.param(scope.itemIds)}::text[])`,
};
