import type { Installation } from './open-installation.ts';
import type { FaultyShop, WebOrder } from './web-orders.ts';
import { inStock } from './web-orders.ts';

/** What the till's own books say of the orders. All but `sales`, `refunds` and `customers` must be 0. */
export interface BookCount {
  sales: number;
  duplicates: number;
  lost: number;
  /** Refund sales. */
  refunds: number;
  duplicateRefunds: number;
  lostRefunds: number;
  /** Sales that the till left open. */
  openSales: number;
  customers: number;
  customersDoubled: number;
  /** Items whose stock isn't what was there less what was ordered and not given back. */
  stockWrong: number;
  /** Orders and refunds whose ledger names another sale than the one in the till, or none. */
  ledgerWrong: number;
  /** Of each order and refund that is doubled, lost or wrong in the ledger: its sales in the till, and its history. */
  wrong: string[];
}

/** Counts from the till's books; the ledger is only compared with them. @param refunded the orders of which one unit was given back. */
export async function countBooks(
  { sandbox, sql }: Pick<Installation, 'sandbox' | 'sql'>,
  shops: FaultyShop[],
  orders: WebOrder[],
  refunded: ReadonlySet<WebOrder> = new Set(),
): Promise<BookCount> {
  const count: BookCount = {
    sales: 0,
    duplicates: 0,
    lost: 0,
    refunds: 0,
    duplicateRefunds: 0,
    lostRefunds: 0,
    openSales: 0,
    customers: 0,
    customersDoubled: 0,
    stockWrong: 0,
    ledgerWrong: 0,
    wrong: [],
  };
  const ledger = await sql<{ tenant: string; order_id: string; state: string; sale_id: string | null }[]>`
    select tenant, order_id, state, sale_id from order_exports
    union all select tenant, order_id || ':' || refund_id, state, sale_id from refunds`;
  const ledgerSale = new Map(
    ledger.map(({ tenant, order_id, state, sale_id }) => [`${tenant}/${order_id}`, state === 'exported' && sale_id]),
  );
  for (const shop of shops) {
    const books = sandbox.world.accounts.get(Number(shop.accountId))!;
    const own = orders.filter((order) => order.shop === shop);
    const sales = [...books.sales.all()].filter(({ voided, archived }) => !voided && !archived);
    const completed = sales.filter((sale) => sale.completed);
    count.openSales += sales.length - completed.length;
    /** The completed sales beyond the first of a reference, and whether there is none. */
    const tally = async (source: string, reference: string) => {
      const all = sales.filter(
        (sale) => sale.referenceNumber === reference && sale.referenceNumberSource === `${source}:${shop.tenant}`,
      );
      const [first, ...more] = all.filter((sale) => sale.completed);
      const isWrong = ledgerSale.get(`${shop.tenant}/${reference}`) !== String(first?.saleID);
      if (isWrong) count.ledgerWrong += 1;
      if (isWrong || all.length !== 1) count.wrong.push(await evidenceOf(sql, shop.tenant, reference, all));
      return { lost: first ? 0 : 1, duplicates: more.length };
    };
    for (const order of own) {
      const { lost, duplicates } = await tally('tillbridge', order.orderId);
      count.lost += lost;
      count.duplicates += duplicates;
      if (!refunded.has(order)) continue;
      const refund = await tally('tillbridge-refund', `${order.orderId}:r1`);
      count.lostRefunds += refund.lost;
      count.duplicateRefunds += refund.duplicates;
    }
    const refundSales = completed.filter(({ calcTotal }) => Number(calcTotal) < 0);
    count.refunds += refundSales.length;
    count.sales += completed.length - refundSales.length;
    for (const { itemId } of shop.goods) {
      const taken = own
        .filter((order) => order.itemId === itemId)
        .reduce((sum, order) => sum + order.quantity - (refunded.has(order) ? 1 : 0), 0);
      const row = [...books.itemShops.all()].find(({ itemID, shopID }) => String(itemID) === itemId && shopID === 1);
      if (Number(row?.qoh) !== inStock - taken) count.stockWrong += 1;
    }
    const buyers = new Set(own.flatMap(({ email }) => email ?? []));
    count.customers += books.customers.size;
    count.customersDoubled += books.customers.size - buyers.size;
  }
  return count;
}

async function evidenceOf(
  sql: Installation['sql'],
  tenant: string,
  reference: string,
  sales: { saleID: number; createTime: number | null; completed: boolean }[],
): Promise<string> {
  const [orderId = ''] = reference.split(':');
  const history = await sql<{ at: Date; message: string }[]>`
    select at, message from order_history where tenant = ${tenant} and order_id = ${orderId} order by at`;
  const inTill = sales.map(({ saleID, createTime, completed }) => {
    return `${new Date(createTime ?? 0).toISOString()} sale ${saleID}${completed ? '' : ', open'}`;
  });
  const told = history.map(({ at, message }) => `${at.toISOString()} ${message}`);
  return [`${tenant}/${reference}`, ...[...inTill, ...told].toSorted()].join(' | ');
}
