import { Big } from 'big.js';
import type { Call } from '../resources/resource.ts';
import type { SaleRow } from '../resources/sale.ts';
import type { SaleLineRow } from '../resources/sale-line.ts';
import type { TaxCategoryRow } from '../resources/tax-category.ts';
import { isInclusive } from '../resources/tax-category.ts';
import type { LineAmounts, MoneyRules } from './line-amounts.ts';
import { lineAmounts, toCents } from './line-amounts.ts';
import { saleTotals } from './sale-totals.ts';

/** Works out every line's and the sale's figures anew from what is stored. */
export function recalculateSale(sale: SaleRow, call: Call): void {
  const { books, switches } = call;
  const category = books.taxCategories.get(sale.taxCategoryID);
  const rules: MoneyRules = {
    isInclusive: category !== undefined && isInclusive(category, call),
    discountIsPerUnit: switches.get('discount-amount', books.account) === 'per-unit',
  };
  const lines = books.saleLines.by('saleID', sale.saleID);
  const amounts = lines.map((line) => recalculateLine(line, sale, category, rules, call));
  const totals = saleTotals(amounts, rules);
  const paid = books.salePayments
    .by('saleID', sale.saleID)
    .reduce((sum, payment) => sum.plus(payment.archived ? 0 : payment.amount), new Big(0));
  const total = totals.calcTotal.toFixed();
  const cost = lines
    .reduce((sum, line) => sum.plus(new Big(line.avgCost).times(line.unitQuantity)), new Big(0))
    .toFixed();
  const fees = lines.reduce((sum, line) => sum.plus(line.itemFeeID > 0 ? line.calcSubtotal : 0), new Big(0));
  books.sales.update(sale, {
    isTaxInclusive: rules.isInclusive,
    tax1Rate: category?.tax1Rate ?? '0',
    tax2Rate: category?.tax2Rate ?? '0',
    displayableSubtotal: totals.calcSubtotal.minus(totals.calcDiscount).toFixed(),
    calcDiscount: totals.calcDiscount.toFixed(),
    calcTotal: total,
    calcSubtotal: totals.calcSubtotal.toFixed(),
    calcTaxable: totals.calcTaxable.toFixed(),
    calcNonTaxable: totals.calcNonTaxable.toFixed(),
    calcAvgCost: cost,
    calcFIFOCost: cost,
    calcTax1: totals.calcTax1.toFixed(),
    calcTax2: totals.calcTax2.toFixed(),
    calcPayments: paid.toFixed(),
    calcItemFees: fees.toFixed(),
    total,
    totalDue: total,
    displayableTotal: total,
    balance: totals.calcTotal.minus(paid).toFixed(),
    taxTotal: totals.calcTax1.plus(totals.calcTax2).toFixed(),
  });
}

function recalculateLine(
  line: SaleLineRow,
  sale: SaleRow,
  category: TaxCategoryRow | undefined,
  rules: MoneyRules,
  { books }: Call,
): LineAmounts & { isTaxed: boolean } {
  const override =
    category &&
    books.taxCategoryClasses
      .by('taxCategoryID', category.taxCategoryID)
      .find((row) => row.taxClassID === line.taxClassID);
  const { tax1Rate = '0', tax2Rate = '0' } = override ?? category ?? {};
  const isTaxed = line.tax && category !== undefined; // without a category the line's tax comes back "false", although sent true
  const terms = { ...line, tax1Rate, tax2Rate, isTaxed, saleDiscountPercent: sale.discountPercent };
  const amounts = lineAmounts(terms, rules);
  const taxes = amounts.tax1.plus(amounts.tax2);
  const subtotal = rules.isInclusive ? amounts.gross.minus(taxes) : amounts.gross;
  const charged = subtotal.minus(amounts.lineDiscount).minus(amounts.saleDiscount);
  books.saleLines.update(line, {
    tax: isTaxed,
    tax1Rate,
    tax2Rate,
    taxCategoryID: sale.taxCategoryID,
    calcLineDiscount: amounts.lineDiscount.toFixed(),
    calcTransactionDiscount: amounts.saleDiscount.toFixed(),
    calcSubtotal: subtotal.toFixed(),
    calcTax1: amounts.tax1.toFixed(),
    calcTax2: amounts.tax2.toFixed(),
    calcTotal: charged.plus(taxes).toFixed(),
    displayableSubtotal: toCents(charged).toFixed(),
    displayableUnitPrice: line.unitPrice,
  });
  return { ...amounts, isTaxed };
}
