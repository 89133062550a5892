import { describe, expect, test } from 'vitest';
import type { OrderLine, OrderSnapshot, Payment } from './order-snapshot.ts';
import type { PlanSaleInput, SalePlan } from './plan-sale.ts';
import { planSale } from './plan-sale.ts';

const mug: OrderLine = {
  lineId: 'a',
  sku: 'MUG-1',
  description: 'Enamel mug',
  kind: 'product',
  quantity: 2,
  unitPrice: '18.00',
  discount: '0',
};
const giftCard: OrderLine = { ...mug, lineId: 'g', sku: 'GIFT', kind: 'gift-card', quantity: 1, unitPrice: '50' };
const home = { address1: '1 Mill Lane', city: 'Leeds', country: 'GB' };
const tutorial: OrderSnapshot = {
  orderId: 'WEB-1001',
  placedAt: '2026-01-01T09:00:00Z',
  updatedAt: '2026-01-01T09:00:00Z',
  currency: 'USD',
  total: '40.68',
  taxTotal: '4.68',
  discountTotal: '0',
  email: ' Ada.Moss@Example.com ',
  customer: { firstName: 'Ada', lastName: 'Moss' },
  billingAddress: home,
  lines: [mug],
};
const paid = (amount: string, more: Partial<Payment> = {}): Payment => {
  const at = '2026-01-01T10:00:00Z';
  return { paymentId: 'pay_1', amount, method: 'card', capturedAt: at, state: 'captured', ...more };
};
const base: PlanSaleInput = {
  order: tutorial,
  payments: [paid('40.68')],
  mappings: { a: { itemId: '20', taxClassId: '1' } },
  settings: {
    employeeId: '2',
    registerId: '5',
    shopId: '1',
    paymentTypes: { card: '3' },
    defaultPaymentTypeId: null,
    taxPolicy: 'line',
    shippingItemId: null,
    taxItemId: null,
    tolerance: '0.05',
    saleDate: 'export',
  },
  account: {
    taxCategories: [{ taxCategoryId: '1', tax1Rate: '0.13', tax2Rate: '0', isTaxInclusive: false, classes: [] }],
    defaultTaxCategoryId: '1',
    isTaxInclusive: false,
  },
};
type Change = {
  order?: Partial<OrderSnapshot>;
  settings?: Partial<PlanSaleInput['settings']>;
  account?: Partial<PlanSaleInput['account']>;
};
/** The tutorial's order with changes, paid in full unless said otherwise. */
const input = ({ order, settings, account }: Change, more: Partial<PlanSaleInput> = {}): PlanSaleInput => {
  const changed = { ...tutorial, ...order };
  return {
    ...base,
    order: changed,
    payments: [paid(changed.total)],
    settings: { ...base.settings, ...settings },
    account: { ...base.account, ...account },
    ...more,
  };
};
const planned = (facts: PlanSaleInput): SalePlan => {
  const plan = planSale(facts);
  if (plan.kind !== 'plan') throw new Error(plan.message);
  return plan;
};
const own = (plan: SalePlan) => plan.lines.filter(({ orderLineId }) => orderLineId === null);

test("R23: the tutorial's order becomes the tutorial's sale in one POST", () => {
  expect(planSale(base)).toEqual({
    kind: 'plan',
    mode: 'one-post',
    referenceNumber: 'WEB-1001',
    currency: 'USD',
    employeeId: '2',
    registerId: '5',
    shopId: '1',
    enablePromotions: false,
    taxCategoryId: '1',
    createTaxCategory: null,
    taxChoice: { kind: 'category', taxCategoryId: '1' },
    completeTime: null,
    customer: {
      email: 'ada.moss@example.com',
      firstName: 'Ada',
      lastName: 'Moss',
      company: null,
      phone: null,
      billingAddress: home,
    },
    shipTo: null,
    lines: [
      {
        kind: 'item',
        orderLineId: 'a',
        itemId: '20',
        note: null,
        quantity: 2,
        unitPrice: '18.00',
        discount: '0.00',
        taxable: true,
        taxClassId: '1',
      },
    ],
    payments: [{ paymentId: 'pay_1', paymentTypeId: '3', amount: '40.68', remoteReference: 'pay_1' }],
    keptOff: { giftCards: '0.00', refunded: '0.00', payments: [] },
    totals: { subtotal: '36.00', discount: '0.00', tax1: '4.68', tax2: '0.00', total: '40.68' },
    notes: [],
  });
});

describe('what is not planned', () => {
  test('R25, R26: an unbalanced order', () => {
    expect(planSale({ ...base, payments: [paid('28.68')] })).toMatchObject({
      kind: 'refused',
      code: 'unbalanced',
      message: 'Unbalanced: 12.00 USD due',
    });
    expect(planSale({ ...base, payments: [paid('41')] })).toMatchObject({ message: 'Unbalanced: 0.32 USD overpaid' });
    expect(planSale({ ...base, payments: [paid('40.68', { state: 'authorised' })] })).toMatchObject({
      code: 'unbalanced',
    });
  });

  test.each([
    [{ quantity: 1.5 }, 'has a quantity of 1.5: only whole units are exported'],
    [{ quantity: -1 }, 'has a quantity of -1'],
    [{ quantity: Number.NaN }, 'has a quantity of NaN'],
    [{ quantity: 2, cancelledQuantity: 3 }, 'has a quantity of 2, 3 of them cancelled'],
    [{ quantity: 2, cancelledQuantity: 0.5 }, 'has a quantity of 2, 0.5 of them cancelled'],
  ])('a line with %j', (wrong, message) => {
    const refusal = planSale(input({ order: { lines: [{ ...mug, ...wrong }] } }));
    expect(refusal).toMatchObject({ kind: 'refused', code: 'quantity', message: expect.stringContaining(message) });
  });

  test('discounts above what they are given on', () => {
    expect(planSale(input({ order: { discountTotal: '36.01' } }))).toMatchObject({ kind: 'refused', code: 'discount' });
  });

  test('R31: an order of gift cards only says so', () => {
    const order = { lines: [giftCard], total: '50', taxTotal: '0' };
    expect(planSale(input({ order }))).toMatchObject({
      kind: 'not-exported',
      code: 'gift-card-only',
      message: 'Not exported: the order holds gift cards only, and gift cards are not exported',
    });
  });

  test('an order refunded whole, or cancelled line by line', () => {
    const refunds = [{ refundId: 'r', amount: '40.68', at: '2026-01-02T00:00:00Z' }];
    expect(planSale({ ...base, refunds })).toMatchObject({ kind: 'not-exported', code: 'refunded' });
    const lines = [{ ...mug, cancelledQuantity: 2 }];
    const gone = input({ order: { lines, total: '0', taxTotal: '0' } }, { payments: [] });
    expect(planSale(gone)).toMatchObject({ kind: 'not-exported', code: 'nothing-left' });
  });

  test('R36: a payment method that no payment type is chosen for', () => {
    const facts = { ...base, payments: [paid('40.68', { method: 'bank' })] };
    expect(planSale(facts)).toMatchObject({ kind: 'attention', code: 'payment-type-missing' });
  });
});

describe('tax', () => {
  test('no tax on the order: no category, every line untaxed', () => {
    const plan = planned(input({ order: { total: '36', taxTotal: '0' } }));
    expect(plan).toMatchObject({ taxCategoryId: '0', taxChoice: { kind: 'untaxed' }, totals: { total: '36.00' } });
    expect(plan.lines.map(({ taxable }) => taxable)).toEqual([false]);
  });

  test('policy line: lines untaxed, the tax as a line on the chosen item', () => {
    const plan = planned(input({ order: { total: '39.33', taxTotal: '3.33' }, settings: { taxItemId: '77' } }));
    expect(plan).toMatchObject({ mode: 'one-post', taxCategoryId: '0', totals: { tax1: '0.00', total: '39.33' } });
    expect(plan.lines.every(({ taxable }) => !taxable)).toBe(true);
    expect(own(plan)).toMatchObject([{ kind: 'tax', itemId: '77', unitPrice: '3.33', discount: '0.00' }]);
    expect(plan.notes).toEqual(['The tax of 3.33 USD is a line of its own: no tax category gives it']);
  });

  test('policy create: a category to make, named after its rate', () => {
    const plan = planned(input({ order: { total: '38.52', taxTotal: '2.52' }, settings: { taxPolicy: 'create' } }));
    expect(plan).toMatchObject({
      mode: 'one-post',
      taxCategoryId: null,
      createTaxCategory: { name: 'Web 7%', rate: '0.07' },
      totals: { tax1: '2.52', total: '38.52' },
    });
  });

  test('policy attention: what was asked for and what came nearest', () => {
    const facts = input({ order: { total: '40.67', taxTotal: '4.67' }, settings: { taxPolicy: 'attention' } });
    expect(planSale(facts)).toMatchObject({
      kind: 'attention',
      code: 'tax-mismatch',
      message: "No tax category gives the order's tax of 4.67 (nearest: category 1 with 4.68)",
      remedy: expect.stringContaining('retry'),
    });
  });

  test.each([
    ['said to be taxed', { amount: '10', taxable: true }, '5.98', true],
    ['said to be untaxed', { amount: '10', taxable: false }, '4.68', false],
    ['with tax of its own', { amount: '10', tax: '1.30' }, '5.98', true],
    ['with no tax of its own', { amount: '10', tax: '0' }, '4.68', false],
    ["silent, and taxed by the order's tax", { amount: '10' }, '5.98', true],
    ["silent, and untaxed by the order's tax", { amount: '10' }, '4.68', false],
  ])('R31: shipping %s', (_name, shipping, taxTotal, taxable) => {
    const plan = planned(input({ order: { shipping, taxTotal, total: (46 + Number(taxTotal)).toFixed(2) } }));
    expect(plan).toMatchObject({ taxCategoryId: '1', totals: { tax1: taxTotal } });
    expect(own(plan)).toMatchObject([{ kind: 'shipping', unitPrice: '10.00', taxable }]);
  });

  test('lines that say they bear no tax bear none', () => {
    const book = { ...mug, lineId: 'b', quantity: 1, unitPrice: '10', tax: '0.00' };
    const plan = planned(input({ order: { lines: [mug, book], total: '50.68' } }));
    expect(plan.totals).toMatchObject({ tax1: '4.68', total: '50.68' });
    expect(plan.lines.map(({ taxable }) => taxable)).toEqual([true, false]);
  });

  test('prices that include tax are read from the open sale before they are paid', () => {
    const inclusive = { taxCategoryId: '8', tax1Rate: '0.2', tax2Rate: '0', isTaxInclusive: true, classes: [] };
    const account = { taxCategories: [inclusive], defaultTaxCategoryId: '8', isTaxInclusive: true };
    const plan = planned(input({ order: { total: '36', taxTotal: '6' }, account }));
    expect(plan).toMatchObject({
      mode: 'open-then-complete',
      taxCategoryId: '8',
      totals: { tax1: '6.00', total: '36.00' },
    });
    expect(plan.lines).toHaveLength(1);
  });

  test('an account of prices with tax is not trusted with one POST, nor is a category of such prices', () => {
    expect(planned(input({ account: { isTaxInclusive: true } }))).toMatchObject({ mode: 'open-then-complete' });
    const inclusive = { taxCategoryId: '8', tax1Rate: '0.2', tax2Rate: '0', isTaxInclusive: true, classes: [] };
    const one = input({ order: { total: '36', taxTotal: '6' }, account: { taxCategories: [inclusive] } });
    expect(planned(one)).toMatchObject({ mode: 'open-then-complete', taxCategoryId: '8' });
  });

  test('tax of units cancelled since, on goods and a shipping that says nothing, still finds its category', () => {
    const lines = [{ ...mug, cancelledQuantity: 1 }];
    const refunds = [{ refundId: 'r', amount: '20.34', at: '2026-01-02T00:00:00Z' }];
    const order = { lines, shipping: { amount: '10' }, taxTotal: '5.98', total: '51.98' };
    const plan = planned(input({ order }, { refunds }));
    expect(plan).toMatchObject({ taxCategoryId: '1', totals: { tax1: '3.64', total: '31.64' } });
  });

  test('prices that include tax, in an account whose prices do not, go to a person', () => {
    expect(planSale(input({ order: { total: '36', taxTotal: '6' } }))).toMatchObject({ code: 'tax-mismatch' });
  });
});

describe('money', () => {
  test('R31: gift cards and the money that paid for them stay off, and are shown', () => {
    const plan = planned(input({ order: { lines: [giftCard, mug], total: '90.68' } }));
    expect(plan.lines.map(({ orderLineId }) => orderLineId)).toEqual(['a']);
    expect(plan).toMatchObject({
      totals: { total: '40.68' },
      payments: [{ amount: '40.68' }],
      keptOff: { giftCards: '50.00', payments: [{ paymentId: 'pay_1', amount: '50.00' }] },
      notes: ['Gift cards of 50.00 USD and the money that paid for them stay off the sale'],
    });
  });

  test('a difference within the tolerance becomes an untaxed rounding line', () => {
    for (const [total, rounding] of [
      ['40.73', '0.05'],
      ['40.63', '-0.05'],
    ] as const) {
      const plan = planned(input({ order: { total } }));
      expect(own(plan)).toMatchObject([{ kind: 'rounding', unitPrice: rounding, taxable: false }]);
      expect(plan).toMatchObject({ totals: { tax1: '4.68', total }, payments: [{ amount: total }] });
    }
  });

  test('R36: a larger one goes to a person with both totals and both taxes, who may accept it', () => {
    const facts = input({ order: { total: '40.74' } });
    expect(planSale(facts)).toMatchObject({
      kind: 'attention',
      code: 'total-mismatch',
      message: 'The order comes to 40.74 USD with 4.68 USD tax, its sale to 40.68 USD with 4.68 USD tax',
      figures: { orderTotal: '40.74', saleTotal: '40.68', orderTax: '4.68', saleTax: '4.68' },
    });
    const accepted = planned(input({ order: { total: '40.74' }, settings: { acceptedDifference: '0.06' } }));
    expect(planSale(input({ order: { total: '40.80' }, settings: { acceptedDifference: '0.06' } }))).toMatchObject({
      code: 'total-mismatch',
    });
    expect(accepted).toMatchObject({ totals: { total: '40.74' }, payments: [{ amount: '40.74' }] });
  });

  test('an order of nothing to pay is a sale without payments', () => {
    const order = { discountTotal: '36', total: '0', taxTotal: '0' };
    const plan = planned(input({ order }, { payments: [] }));
    expect(plan).toMatchObject({ payments: [], totals: { subtotal: '36.00', discount: '36.00', total: '0.00' } });
    expect(plan.lines.map(({ quantity, discount }) => `${quantity} − ${discount}`)).toEqual(['1 − 18.00', '1 − 18.00']);
  });

  test('units cancelled and refunded before the export are not sold', () => {
    const lines = [{ ...mug, cancelledQuantity: 1 }];
    const refunds = [{ refundId: 'r', amount: '20.34', at: '2026-01-02T00:00:00Z' }];
    const plan = planned(input({ order: { lines } }, { refunds }));
    expect(plan).toMatchObject({ taxCategoryId: '1', totals: { tax1: '2.34', total: '20.34' } });
    expect(plan.lines).toMatchObject([{ quantity: 1 }]);
    expect(plan.payments).toMatchObject([{ amount: '20.34' }]);
    expect(plan.keptOff).toMatchObject({ refunded: '20.34', payments: [{ amount: '20.34' }] });
  });

  test('R36: a refund that reaches into the gift cards goes to a person', () => {
    const refunds = [{ refundId: 'r', amount: '60', at: '2026-01-02T00:00:00Z' }];
    const facts = input({ order: { lines: [giftCard, mug], total: '90.68' } }, { refunds });
    expect(planSale(facts)).toMatchObject({ code: 'total-mismatch', figures: { orderTotal: '-19.32' } });
  });

  test('a refund for no unit in particular is a line of its own', () => {
    const refunds = [{ refundId: 'r', amount: '5', at: '2026-01-02T00:00:00Z' }];
    const plan = planned(input({}, { refunds, payments: [paid('35.68')] }));
    expect(own(plan)).toMatchObject([{ kind: 'refund', unitPrice: '-5.00', taxable: false }]);
    const lines = [{ ...mug, cancelledQuantity: mug.quantity / 2 }];
    const ofUnits = {
      refundId: 'u',
      amount: '20.34',
      at: '2026-01-02T00:00:00Z',
      lines: [{ lineId: 'a', quantity: 1 }],
    };
    const both = planned(input({ order: { lines } }, { refunds: [...refunds, ofUnits] }));
    expect(own(both)).toMatchObject([{ kind: 'refund', unitPrice: '-5.00' }]);
    expect(both.totals.total).toBe('15.34');
    expect(plan).toMatchObject({ totals: { total: '35.68' }, payments: [{ amount: '35.68' }] });
  });
});

describe('people and places', () => {
  test("R32: the register is that of the order's location, so that stock leaves the right shop", () => {
    const registerByLocation = { quay: { registerId: '6', shopId: '2' } };
    const at = (order: Partial<OrderSnapshot>) =>
      planned(input({ order, settings: { registerByLocation } })).registerId;
    expect(at({ locationId: 'quay' })).toBe('6');
    expect(at({ lines: [{ ...mug, locationId: 'quay' }] })).toBe('6');
    expect(at({ locationId: 'hill' })).toBe('5');
    expect(at({ locationId: 'constructor' })).toBe('5');
    expect(planned(input({ order: { locationId: 'quay' }, settings: { registerByLocation } })).shopId).toBe('2');
  });

  test('R30, R31: shipped goods have an address, if there is a customer to have it', () => {
    const plan = planned(input({ order: { shippingAddress: { ...home, firstName: 'Bo' } } }));
    expect(plan.shipTo).toMatchObject({ firstName: 'Bo', lastName: 'Moss', address: { city: 'Leeds' } });
    const nobody = planned(input({ order: { email: ' ', shippingAddress: home } }));
    expect(nobody).toMatchObject({ customer: null, shipTo: null });
    expect(nobody.notes).toHaveLength(2);
  });

  test("the sale date is the export's, or by setting that of the last payment", () => {
    const payments = [
      paid('20.68', { paymentId: 'late', capturedAt: '2026-01-03T10:00:00Z' }),
      paid('20', { paymentId: 'early' }),
    ];
    expect(planned({ ...base, payments }).completeTime).toBeNull();
    const plan = planned(input({ settings: { saleDate: 'payment' } }, { payments }));
    expect(plan.completeTime).toBe('2026-01-03T10:00:00Z');
    expect(plan.payments.map(({ paymentId }) => paymentId)).toEqual(['early', 'late']);
  });

  test('a sale that the till adds a fee to is not posted in one', () => {
    const account = { hasItemFees: true };
    expect(planned(input({ account })).mode).toBe('open-then-complete');
    expect(planned(input({ account }, { mappings: {} })).mode).toBe('one-post');
  });
});
