import type { Installation } from './open-installation.ts';
import type { FaultyShop, WebOrder } from './web-orders.ts';
import { inStock } from './web-orders.ts';

/** What the till's own books say of the orders. All but `sales` and `customers` must be 0. */
export interface BookCount {
  sales: number;
  duplicates: number;
  lost: number;
  /** Sales that the till left open. */
  openSales: number;
  customers: number;
  customersDoubled: number;
  /** Items whose stock isn't what was there less what was ordered. */
  stockWrong: number;
  /** Orders whose ledger names another sale than the one in the till, or none. */
  ledgerWrong: number;
}

/** Counts from the till's books; the ledger is only compared with them. */
export async function countBooks(
  { sandbox, sql }: Pick<Installation, 'sandbox' | 'sql'>,
  shops: FaultyShop[],
  orders: WebOrder[],
): Promise<BookCount> {
  const count: BookCount = {
    sales: 0,
    duplicates: 0,
    lost: 0,
    openSales: 0,
    customers: 0,
    customersDoubled: 0,
    stockWrong: 0,
    ledgerWrong: 0,
  };
  const ledger = await sql<{ tenant: string; order_id: string; state: string; sale_id: string | null }[]>`
    select tenant, order_id, state, sale_id from order_exports`;
  const ledgerSale = new Map(
    ledger.map(({ tenant, order_id, state, sale_id }) => [`${tenant}/${order_id}`, state === 'exported' && sale_id]),
  );
  for (const shop of shops) {
    const books = sandbox.world.accounts.get(Number(shop.accountId))!;
    const own = orders.filter((order) => order.shop === shop);
    const sales = [...books.sales.all()].filter(({ voided, archived }) => !voided && !archived);
    const completed = sales.filter((sale) => sale.completed);
    count.sales += completed.length;
    count.openSales += sales.length - completed.length;
    for (const { orderId } of own) {
      const [first, ...more] = completed.filter(({ referenceNumber }) => referenceNumber === orderId);
      if (!first) count.lost += 1;
      count.duplicates += more.length;
      if (ledgerSale.get(`${shop.tenant}/${orderId}`) !== String(first?.saleID)) count.ledgerWrong += 1;
    }
    for (const { itemId } of shop.goods) {
      const ordered = own.reduce((sum, order) => sum + (order.itemId === itemId ? order.quantity : 0), 0);
      const row = [...books.itemShops.all()].find(({ itemID, shopID }) => String(itemID) === itemId && shopID === 1);
      if (Number(row?.qoh) !== inStock - ordered) count.stockWrong += 1;
    }
    const buyers = new Set(own.flatMap(({ email }) => email ?? []));
    count.customers += books.customers.size;
    count.customersDoubled += books.customers.size - buyers.size;
  }
  return count;
}
