import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { openAttention, resolveAttention } from '../notify/attention.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';

/**
 * Says when a whole catalogue maps to nothing, with the likely cause (R22), and takes that back when something does.
 * Called after matching, so the first full pull is over.
 */
export async function noteUnmapped(tx: Transaction, tenant: string): Promise<WakeUp[]> {
  const subject = { kind: 'mapping', id: tenant, code: 'nothing-maps' } as const;
  // Ordered, so that the index answers whatever the statistics say: this is asked at every decision.
  const mapped = await tx.execute(sql`
    select from mappings where tenant = ${tenant} and item_id is not null order by tenant, item_id limit 1`);
  if (mapped.length > 0) {
    await resolveAttention(tx, tenant, subject);
    return [];
  }
  const [found] = await tx.execute<{ catalog: boolean; pending: boolean; tillKeys: boolean; webKeys: boolean }>(sql`
    select exists (select from catalog_items where tenant = ${tenant}) as catalog,
      exists (select from mappings where tenant = ${tenant} and state in ('pending', 'ambiguous')) as pending,
      exists (select from pos_items where tenant = ${tenant} and not archived and retired_at is null
        and coalesce(upc_key, ean_key, mpn_key) is not null) as "tillKeys",
      exists (select from catalog_items where tenant = ${tenant}
        and coalesce(gtin1_key, gtin2_key, mpn_key) is not null) as "webKeys"`);
  const { catalog, pending, tillKeys, webKeys } = found!;
  if (!catalog) {
    await resolveAttention(tx, tenant, subject);
    return [];
  }
  const remedy = likelyRemedy({ pending, tillKeys, webKeys });
  const isNew = await openAttention(tx, tenant, subject, {
    message: 'No catalogue item is mapped to a POS item.',
    remedy,
  });
  return isNew ? [await requestWakeUp(tx, tenant, 'notify', tenant)] : [];
}

function likelyRemedy({
  pending,
  tillKeys,
  webKeys,
}: {
  pending: boolean;
  tillKeys: boolean;
  webKeys: boolean;
}): string {
  if (!tillKeys) return 'No POS item has a UPC, EAN or manufacturer SKU: fill them in in Lightspeed.';
  if (!webKeys) return 'No catalogue item has a GTIN1, GTIN2 or MPN: send them from the storefront.';
  if (pending) return 'Possible matches wait for a yes or no: decide them under mappings.';
  return 'The codes on both sides differ: compare some in the mappings report, and check that the right account is connected.';
}
