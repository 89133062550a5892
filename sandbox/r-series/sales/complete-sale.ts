import { Big } from 'big.js';
import { moveStock } from '../books/stock.ts';
import type { Call } from '../resources/resource.ts';
import type { SaleRow } from '../resources/sale.ts';
import { Refusal } from '../wire/refusal.ts';
import { recalculateSale } from './recalculate-sale.ts';
import { saleEmployee, saleRegister, saleShop } from './sale-parties.ts';

/**
 * Completes a sale whose figures are up to date: checks the balance, gives change, and takes the stock from the sale's shop,
 * however little there is. @throws Refusal 400 or 422 (a switch); the caller's transaction takes everything back
 */
export function completeSale(sale: SaleRow, completeTime: number | null, call: Call): void {
  const { books, clock, switches } = call;
  const register = saleRegister(sale.registerID, call);
  saleShop(sale.shopID, register, call);
  saleEmployee(sale.employeeID, sale.shopID, call);
  if (!register.open && switches.get('closed-register', books.account) === 'refused') {
    throw refusal(`Register ${register.registerID} is not open.`, call);
  }
  if (completeTime !== null && completeTime > clock.now()) throw refusal('completeTime cannot be in the future.', call);
  requireCustomer(sale, call);
  settle(sale, call);
  const isDated = completeTime !== null && switches.get('completed-timestamp', books.account) === 'completion';
  const dated = isDated ? { timeStamp: completeTime } : {};
  books.sales.update(sale, { completed: true, completeTime: completeTime ?? clock.now(), ...dated });
  for (const line of books.saleLines.by('saleID', sale.saleID)) {
    const item = books.items.get(line.itemID);
    if (!item || item.itemType === 'non_inventory') continue;
    const change = new Big(line.unitQuantity).times(-1);
    moveStock(
      {
        itemID: line.itemID,
        shopID: sale.shopID,
        change,
        reason: change.lt(0) ? 'sale' : 'refund',
        saleID: sale.saleID,
      },
      call,
    );
  }
}

function requireCustomer(sale: SaleRow, call: Call): void {
  if (sale.customerID !== 0) return;
  for (const payment of call.books.salePayments.by('saleID', sale.saleID)) {
    const type = call.books.paymentTypes.get(payment.paymentTypeID);
    if (type?.requireCustomer) throw refusal(`Payment type '${type.name}' requires a customer.`, call);
  }
}

/** Payments must cover the total; what cash exceeds it becomes change, and the stored payment is what was kept. */
function settle(sale: SaleRow, call: Call): void {
  const { books, switches } = call;
  const excess = new Big(sale.calcPayments).minus(sale.calcTotal);
  const isRefund = new Big(sale.calcTotal).lt(0);
  if (excess.lt(0) || (isRefund && !excess.eq(0))) {
    throw refusal(
      `Sale cannot be completed: payments of ${sale.calcPayments} do not equal the total of ${sale.calcTotal}.`,
      call,
    );
  }
  if (excess.eq(0)) return;
  let left = excess;
  for (const payment of books.salePayments.by('saleID', sale.saleID).reverse()) {
    if (
      books.paymentTypes.get(payment.paymentTypeID)?.type !== 'cash' ||
      payment.archived ||
      new Big(payment.amount).lte(0)
    )
      continue;
    const trimmed = left.gt(payment.amount) ? new Big(payment.amount) : left;
    books.salePayments.update(payment, { amount: new Big(payment.amount).minus(trimmed).toFixed() });
    left = left.minus(trimmed);
  }
  if (left.gt(0) && switches.get('overpayment', books.account) === 'refused') {
    throw refusal(
      `Sale cannot be completed: payments of ${sale.calcPayments} are more than the total of ${sale.calcTotal}.`,
      call,
    );
  }
  books.sales.update(sale, { change: excess.minus(left).toFixed() });
  recalculateSale(sale, call);
}

function refusal(message: string, { books, switches }: Call): Refusal {
  return new Refusal(Number(switches.get('error-status-completion', books.account)), message);
}
