import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { listings, proposalRows, proposals } from '../schema/inventory.ts';

/** The changes that a run holds, by SKU from the one after `after`, each with what is shown now. Null: it holds none. */
export async function listProposed(
  db: Database,
  tenant: string,
  runId: string,
  { after, limit }: { after: string; limit: number },
) {
  const [proposal] = await db
    .select({ baseVersion: proposals.baseVersion, heldAt: proposals.heldAt })
    .from(proposals)
    .where(and(eq(proposals.tenant, tenant), eq(proposals.runId, runId)));
  if (!proposal) return null;
  const would = proposalRows;
  const rows = await db
    .select({
      sku: would.sku,
      kind: would.kind,
      from: {
        displayed: listings.displayed,
        quantity: listings.quantity,
        price: listings.price,
        salePrice: listings.salePrice,
      },
      to: {
        removed: would.removed,
        displayed: would.displayed,
        reason: would.reason,
        quantity: would.quantity,
        price: would.price,
        salePrice: would.salePrice,
      },
    })
    .from(would)
    .innerJoin(listings, and(eq(listings.tenant, would.tenant), eq(listings.sku, would.sku)))
    .where(and(eq(would.tenant, tenant), eq(would.state, 'held'), gt(would.sku, after)))
    .orderBy(asc(would.sku))
    .limit(limit);
  return { ...proposal, rows };
}
