import type { Till, TillSale } from '../../lightspeed/till.ts';

/** How far the till's clock may be from ours, when sales are paged by time. */
const clockMarginMs = 10 * 60_000;

/**
 * The till's sales with both of these reference fields. Where it ignores the filter, its sales are paged by time since
 * the earliest that one can bear; null: nothing was ever sent, so there is nothing to find.
 */
export async function salesByReference(
  till: Till,
  reference: { number: string; source: string },
  earliestAt: Date | null,
): Promise<TillSale[]> {
  const { number, source } = reference;
  const isOurs = (sale: TillSale) => sale.referenceNumber === number && sale.referenceNumberSource === source;
  const { filterHonoured, sales } = await till.salesByReference(number, source);
  if (filterHonoured) return sales.filter(isOurs);
  if (earliestAt === null) return [];
  const found = new Map<string, TillSale>();
  const since = new Date(earliestAt.getTime() - clockMarginMs);
  for await (const { rows } of till.changedSalePages(since, null, {})) {
    for (const sale of rows) if (isOurs(sale)) found.set(sale.saleId, sale);
  }
  return [...found.values()];
}
