import { z } from 'zod';
import type { Listing } from './listing.ts';

/** An event as Tillbridge sends it; the id comes with the delivery's headers. */
export const ShopEvent = z.looseObject({ type: z.string(), data: z.looseObject({}) });
export type ShopEvent = z.infer<typeof ShopEvent>;

const ExportedOrder = z.looseObject({ orderId: z.string(), status: z.string().nullish() });

/** An item of the shop's own catalogue, with the prices that Tillbridge may override. */
export type ShopItem = { sku: string; description: string; price: string };
export type ShopOrder = { status: string; isExported: boolean };

export type ShopBooks = ReturnType<typeof createShopBooks>;

/** What the shop knows, in memory: its catalogue and orders, what Tillbridge told it to show, and the events it received. */
export function createShopBooks() {
  const items = new Map<string, ShopItem>();
  const orders = new Map<string, ShopOrder>();
  const listings = new Map<string, Listing>();
  const events = new Map<string, ShopEvent>();
  const counts = { verified: 0, rejected: 0, repeated: 0 };
  let version = 0;

  return {
    items,
    orders,
    listings,
    events,
    counts,
    /** The newest version of the listings feed that the shop has read. */
    get version() {
      return version;
    },
    addItem: (item: ShopItem) => void items.set(item.sku, item),
    /** A new order, or a status of the shop's own for one it has. */
    setOrderStatus(orderId: string, status: string): void {
      orders.set(orderId, { status, isExported: orders.get(orderId)?.isExported ?? false });
    },
    /** Takes over a page of the feed. Older versions of an item than the one held are ignored. */
    applyListings(page: readonly Listing[]): void {
      for (const listing of page) {
        version = Math.max(version, listing.version);
        if ((listings.get(listing.sku)?.version ?? -1) >= listing.version) continue;
        if (listing.removed) listings.delete(listing.sku);
        else listings.set(listing.sku, listing);
      }
    },
    /** Takes an event in, once by its id; false if it was known. */
    applyEvent(id: string, event: ShopEvent): boolean {
      if (events.has(id)) {
        counts.repeated++;
        return false;
      }
      events.set(id, event);
      const exported = event.type === 'order.exported' ? ExportedOrder.safeParse(event.data).data : undefined;
      if (exported) {
        const before = orders.get(exported.orderId)?.status ?? 'unknown';
        orders.set(exported.orderId, { status: exported.status ?? before, isExported: true });
      }
      return true;
    },
    displayed: () => [...listings.values()].filter((listing) => listing.displayed),
    eventsByType(): Record<string, number> {
      const byType: Record<string, number> = {};
      for (const { type } of events.values()) byType[type] = (byType[type] ?? 0) + 1;
      return byType;
    },
  };
}
