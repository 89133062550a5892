import { Big } from 'big.js';
import type { Call } from '../resources/resource.ts';
import type { SaleRow } from '../resources/sale.ts';
import type { SaleLineRow } from '../resources/sale-line.ts';
import type { Body } from '../wire/read-body.ts';
import { bodyRows, bodyScalars } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';
import { completeSale } from './complete-sale.ts';
import { recalculateSale } from './recalculate-sale.ts';
import { saleEmployee, saleRegister, saleShop } from './sale-parties.ts';
import { writePayments } from './write-payments.ts';

const fields = {
  employeeID: 'id',
  registerID: 'id',
  shopID: 'id',
  completed: 'flag',
  referenceNumber: 'text',
  referenceNumberSource: 'text',
} as const;
type Given = Partial<Pick<SaleRow, keyof typeof fields>>;

/**
 * POST /Sale/{id}/refund: a sale of negative quantities that name their parent lines, completed unless told otherwise. Without
 * lines it returns all that is left; a single payment without an amount gives back the whole. @throws Refusal 400
 */
export function refundSale(parent: SaleRow, body: Body, call: Call): SaleRow {
  const { books, clock } = call;
  if (!parent.completed || parent.voided) throw new Refusal(400, 'Only a completed Sale can be refunded.');
  const { completed = true, ...given } = bodyScalars<Given>(
    fields,
    ['employeeID', 'registerID', 'shopID', 'completed', 'referenceNumber', 'referenceNumberSource'],
    body,
  );
  const register = saleRegister(given.registerID ?? parent.registerID, call);
  const shopID = saleShop(given.shopID ?? register.shopID, register, call).shopID;
  const employeeID = saleEmployee(given.employeeID ?? call.employeeID, shopID, call).employeeID;
  const now = clock.now();
  const { customerID, taxCategoryID, discountPercent } = parent;
  const sale = books.sales.insert({
    ...given,
    registerID: register.registerID,
    shopID,
    employeeID,
    customerID,
    taxCategoryID,
    discountPercent,
    createTime: now,
    updatedAt: now,
    timeStamp: now,
  });
  books.sales.update(sale, { ticketNumber: String(220_000_000_000 + sale.saleID) });
  for (const { line, quantity } of returned(parent, body, call)) {
    const { saleLineID: parentSaleLineID, calcSubtotal: _, ...copied } = line;
    const { saleLineID: __, ...values } = { ...copied, saleLineID: 0 };
    const share = new Big(quantity).div(line.unitQuantity);
    const discountAmount = new Big(line.discountAmount)
      .times(isPerUnit(call) ? 1 : share.times(-1))
      .round(2)
      .toFixed();
    books.saleLines.insert({
      ...values,
      discountAmount,
      unitQuantity: quantity.times(-1).toFixed(),
      parentSaleLineID,
      saleID: sale.saleID,
      shopID,
      employeeID,
      createTime: now,
      timeStamp: now,
    });
  }
  recalculateSale(sale, call);
  const payments = bodyRows(body, 'SalePayments', 'SalePayment');
  const only = payments.length === 1 ? payments[0] : undefined;
  writePayments(
    sale,
    only && only['amount'] === undefined ? { SalePayments: [{ ...only, amount: sale.calcTotal }] } : body,
    call,
  );
  recalculateSale(sale, call);
  if (completed) completeSale(sale, null, call);
  return sale;
}

function isPerUnit({ books, switches }: Call): boolean {
  return switches.get('discount-amount', books.account) === 'per-unit';
}

function returned(parent: SaleRow, body: Body, { books }: Call): { line: SaleLineRow; quantity: Big }[] {
  const lines = books.saleLines.by('saleID', parent.saleID);
  const left = (line: SaleLineRow): Big =>
    books.saleLines
      .by('parentSaleLineID', line.saleLineID)
      .reduce(
        (sum, refund) => sum.plus(new Big(refund.unitQuantity).lt(0) ? refund.unitQuantity : 0),
        new Big(line.unitQuantity),
      );
  const given = bodyRows(body, 'SaleLines', 'SaleLine');
  if (given.length === 0)
    return lines.map((line) => ({ line, quantity: left(line) })).filter(({ quantity }) => quantity.gt(0));
  return given.map((entry) => {
    const { saleLineID, parentSaleLineID, unitQuantity } = bodyScalars<SaleLineRow>(
      { saleLineID: 'id', parentSaleLineID: 'id', unitQuantity: 'number' },
      ['saleLineID', 'parentSaleLineID', 'unitQuantity'],
      entry,
    );
    const line = lines.find((line) => line.saleLineID === (parentSaleLineID || saleLineID));
    if (!line) throw new Refusal(400, 'A refund line must name a SaleLine of the refunded Sale.');
    const quantity = unitQuantity === undefined ? left(line) : new Big(unitQuantity).abs();
    if (quantity.gt(left(line))) throw new Refusal(400, 'A refund line cannot return more than was sold.');
    return { line, quantity };
  });
}
