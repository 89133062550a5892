import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planRefund } from './plan-refund.ts';
import type { SalePlanLine } from './sale-lines.ts';

const tax = { tax1Rate: '0.08', tax2Rate: '0', isTaxInclusive: false, classes: [] };
const sold = (changes: Partial<SalePlanLine> = {}): SalePlanLine => ({
  kind: 'item',
  orderLineId: 'a',
  itemId: '20',
  note: null,
  quantity: 3,
  unitPrice: '10.00',
  discount: '0.00',
  taxable: true,
  taxClassId: '1',
  ...changes,
});
const soldLine = (saleLineId: string, { itemId, quantity, unitPrice, taxable, taxClassId }: SalePlanLine) => {
  return { saleLineId, itemId, quantity: String(quantity), unitPrice, tax: taxable, taxClassId };
};
const shipping = sold({
  kind: 'shipping',
  orderLineId: null,
  itemId: null,
  quantity: 1,
  unitPrice: '5.00',
  taxable: false,
});
const base = {
  earlier: [],
  saleLines: [sold(), shipping],
  items: { a: { itemId: '20', unitPrice: '10.00' } },
  soldLines: [soldLine('71', sold()), soldLine('72', shipping)],
  soldPayments: [
    { paymentTypeId: '3', amount: '20' },
    { paymentTypeId: '8', amount: '17.4' },
  ],
  tax,
};
const planned = (changes: Partial<Parameters<typeof planRefund>[0]>) => {
  const plan = planRefund({ ...base, refund: { refundId: 'r1', amount: '0' }, ...changes });
  if (plan.kind !== 'plan') throw new Error(plan.message);
  return plan;
};

describe('a refund after the export', () => {
  test('takes units back by the line they were sold on, with their tax, and the money to the last payment first', () => {
    const plan = planned({ refund: { refundId: 'r1', amount: '21.60', lines: [{ lineId: 'a', quantity: 2 }] } });
    expect(plan).toMatchObject({
      total: '-21.60',
      lines: [{ itemId: '20', quantity: -2, unitPrice: '10.00', parentSaleLineId: '71', taxable: true }],
      payments: [
        { paymentTypeId: '8', amount: '-17.40', remoteReference: 'r1' },
        { paymentTypeId: '3', amount: '-4.20', remoteReference: 'r1-2' },
      ],
    });
  });

  test('takes shipping back, and makes up what was kept by an untaxed line', () => {
    const refund = { refundId: 'r1', amount: '13.80', shippingAmount: '5.00', lines: [{ lineId: 'a', quantity: 1 }] };
    expect(planned({ refund }).lines).toMatchObject([
      { quantity: -1, unitPrice: '10.00' },
      { kind: 'shipping', quantity: -1, unitPrice: '5.00', parentSaleLineId: '72' },
      { kind: 'refund', note: 'Refund: adjustment', quantity: 1, unitPrice: '2.00', taxable: false },
    ]);
  });

  test('without units is one line for the money', () => {
    const { lines } = planned({ refund: { refundId: 'r1', amount: '4.00' } });
    expect(lines).toMatchObject([{ note: 'Refund', quantity: 1, unitPrice: '-4.00', parentSaleLineId: null }]);
  });

  test('goes on with the units that an earlier refund has left, each at its discounted price', () => {
    const unit = (discount: string) => sold({ quantity: 1, discount });
    const saleLines = [unit('0.34'), unit('0.33'), unit('0.33')];
    const soldLines = saleLines.map((line, index) => soldLine(String(80 + index), line));
    const refund = { refundId: 'r2', amount: '10.44', lines: [{ lineId: 'a', quantity: 1 }] };
    const earlier = [{ lines: [{ lineId: 'a', quantity: 1 }] }];
    expect(planned({ refund, earlier, saleLines, soldLines }).lines).toMatchObject([
      { quantity: -1, unitPrice: '9.67', discount: '0.00', parentSaleLineId: '81' },
    ]);
  });

  test('of a sale that we did not send is linked by the item where that leaves no doubt, and says so where it does not', () => {
    const byHand = (...ids: string[]) => ids.map((id) => soldLine(id, sold({ quantity: 2, unitPrice: '9.00' })));
    const two = { refundId: 'r1', amount: '20.00', lines: [{ lineId: 'a', quantity: 2 }] };
    const foreign = { saleLines: [], refund: two, tax: null };
    const linked = planned({ ...foreign, soldLines: byHand('91') });
    expect(linked.lines).toMatchObject([
      { itemId: '20', quantity: -2, unitPrice: '9.00', parentSaleLineId: '91' },
      { note: 'Refund: adjustment', unitPrice: '-2.00' },
    ]);
    expect(linked.notes).toEqual([]);
    const doubtful = [
      planned({ ...foreign, soldLines: byHand('91', '92') }),
      planned({ ...foreign, soldLines: byHand('91'), earlier: [{ lines: [{ lineId: 'a', quantity: 1 }] }] }),
    ];
    for (const { lines, notes } of doubtful) {
      expect(lines).toMatchObject([{ itemId: '20', quantity: -2, unitPrice: '10.00', parentSaleLineId: null }]);
      expect(notes).toMatchObject([expect.stringContaining('not linked')]);
    }
    const absent = planned({ ...foreign, soldLines: [soldLine('93', shipping)] });
    expect(absent.lines).toMatchObject([{ itemId: null, unitPrice: '-20.00' }]);
    expect(absent.notes).toMatchObject([expect.stringContaining('the money alone')]);
  });

  test('of more than the sale was paid with goes to a person', () => {
    const refund = { refundId: 'r1', amount: '37.41' };
    expect(planRefund({ ...base, refund })).toMatchObject({ kind: 'attention', code: 'too-large' });
  });

  test('comes to the money that was given back, whatever was said of units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_740 }), fc.integer({ min: 0, max: 3 }), (cents, quantity) => {
        const amount = (cents / 100).toFixed(2);
        const { lines, payments } = planned({ refund: { refundId: 'r', amount, lines: [{ lineId: 'a', quantity }] } });
        const net = lines.reduce((sum, line) => sum + line.quantity * Math.round(Number(line.unitPrice) * 100), 0);
        const taxed = lines.reduce((sum, line) => sum + (line.taxable ? line.quantity * 1_000 : 0), 0);
        // Eight per cent of whole tens of currency are whole cents.
        expect(net + (taxed * 8) / 100).toBe(-cents);
        expect(payments.reduce((sum, payment) => sum + Math.round(Number(payment.amount) * 100), 0)).toBe(-cents);
      }),
    );
  });
});
