import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OrderLine, OrderSnapshot, Payment } from './order-snapshot.ts';
import type { PlanSaleInput, SalePlan } from './plan-sale.ts';
import { planSale } from './plan-sale.ts';

/**
 * The till of the fact sheet once more, in whole numbers and without a line of the product's code: cents, and rates in
 * thousandths of a per cent. `discountPer` is the vendor's open question: a discount per line, or per unit.
 */
type Category = { id: string; tax1: number; tax2: number; classes: { id: string; tax1: number; tax2: number }[] };
const cents = (amount: string): number => Math.round(Number(amount) * 100);
const money = (amount: number): string => (amount / 100).toFixed(2);
const halfUp = (hundredThousandths: number): number => Math.floor((2 * hundredThousandths + 100_000) / 200_000);

function till(lines: SalePlan['lines'], category: Category | undefined, discountPer: 'line' | 'unit') {
  let net = 0;
  const taxes = { tax1: 0, tax2: 0 };
  for (const line of lines) {
    const discount = cents(line.discount) * (discountPer === 'unit' ? line.quantity : 1);
    const cost = line.quantity * cents(line.unitPrice) - discount;
    net += cost;
    if (!line.taxable || !category) continue;
    const rates = category.classes.find(({ id }) => id === line.taxClassId) ?? category;
    taxes.tax1 += cost * rates.tax1;
    taxes.tax2 += cost * rates.tax2;
  }
  const tax = halfUp(taxes.tax1) + halfUp(taxes.tax2);
  return { tax, total: net + tax };
}

const category = (id: string): fc.Arbitrary<Category> =>
  fc.record({
    id: fc.constant(id),
    tax1: fc.integer({ min: 0, max: 20_000 }),
    tax2: fc.constantFrom(0, 0, 2_500, 9_975),
    classes: fc.constantFrom([], [{ id: '2', tax1: 4_000, tax2: 0 }]),
  });

const goods = fc.record({
  kind: fc.constantFrom('product' as const, 'product' as const, 'other' as const, 'gift-card' as const),
  quantity: fc.integer({ min: 1, max: 60 }),
  price: fc.integer({ min: 0, max: 30_000 }),
  discountShare: fc.constantFrom(0, 0, 0.1, 0.333, 1),
  taxable: fc.constantFrom(undefined, true, false),
  taxClassId: fc.constantFrom(null, '1', '2'),
  isMapped: fc.boolean(),
});

const world = fc.record({
  goods: fc.array(goods, { minLength: 1, maxLength: 6 }),
  shipping: fc.option(fc.record({ amount: fc.nat({ max: 5_000 }), taxable: fc.constantFrom(undefined, true, false) })),
  orderDiscountShare: fc.constantFrom(0, 0, 0.05, 0.5, 1),
  categories: fc.tuple(category('1'), category('2')),
  /** How far the storefront's tax is from any share of its prices: it has its own ways of rounding. */
  taxShare: fc.double({ min: 0, max: 0.25, noNaN: true }),
  parts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
  policy: fc.constantFrom('line' as const, 'create' as const, 'attention' as const),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** An order of a storefront that adds up, and how it was paid. */
function inputOf(facts: World, taxCents: (net: number) => number): PlanSaleInput {
  const lines = facts.goods.map((each, index): OrderLine => {
    const isGift = each.kind === 'gift-card';
    const discount = isGift ? 0 : Math.floor(each.quantity * each.price * each.discountShare);
    const text = { sku: `S${index}`, description: 'Thing', kind: each.kind, taxable: isGift ? false : each.taxable };
    const amounts = { quantity: each.quantity, unitPrice: money(each.price), discount: money(discount) };
    return { lineId: String(index), ...text, ...amounts };
  });
  const netOf = (line: OrderLine) => line.quantity * cents(line.unitPrice) - cents(line.discount);
  const sum = (wanted: OrderLine[]) => wanted.reduce((total, line) => total + netOf(line), 0);
  const sold = sum(lines.filter(({ kind }) => kind !== 'gift-card'));
  const discount = Math.floor(sold * facts.orderDiscountShare);
  const shipping = facts.shipping ? { ...facts.shipping, amount: money(facts.shipping.amount) } : undefined;
  const tax = taxCents(sold - discount);
  const total = sum(lines) - discount + (facts.shipping?.amount ?? 0) + tax;
  const order: OrderSnapshot = {
    orderId: '1001',
    placedAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    currency: 'USD',
    total: money(total),
    taxTotal: money(tax),
    discountTotal: money(discount),
    shipping,
    lines,
  };
  const mapped = facts.goods.flatMap(({ isMapped, taxClassId }, index) =>
    isMapped ? [[String(index), { itemId: `${index + 100}`, taxClassId }] as const] : [],
  );
  return {
    order,
    payments: paymentsOf(total, facts.parts),
    mappings: Object.fromEntries(mapped),
    settings: {
      employeeId: '2',
      registerId: '5',
      shopId: '1',
      paymentTypes: {},
      defaultPaymentTypeId: '3',
      taxPolicy: facts.policy,
      shippingItemId: '900',
      taxItemId: null,
      tolerance: '0.05',
      saleDate: 'export',
    },
    account: {
      taxCategories: facts.categories.map((each) => ({
        taxCategoryId: each.id,
        ...rates(each),
        isTaxInclusive: false,
        classes: each.classes.map(({ id, ...ofClass }) => ({ taxClassId: id, ...rates(ofClass) })),
      })),
      defaultTaxCategoryId: '1',
      isTaxInclusive: false,
    },
  };
}

function rates({ tax1, tax2 }: { tax1: number; tax2: number }) {
  return { tax1Rate: (tax1 / 100_000).toFixed(5), tax2Rate: (tax2 / 100_000).toFixed(5) };
}

function paymentsOf(total: number, parts: number[]): Payment[] {
  const payments: Payment[] = [];
  let open = total;
  for (const [index, part] of [...parts, 1].entries()) {
    const amount = Math.floor(open * part);
    open -= amount;
    const more = { method: 'card', capturedAt: `2026-01-0${index + 1}T00:00:00Z`, state: 'captured' as const };
    if (amount > 0) payments.push({ paymentId: `p${index}`, amount: money(amount), ...more });
  }
  return payments;
}

/** What holds of every plan, whatever the order. */
function expectLaws(input: PlanSaleInput, facts: World, plan: SalePlan): void {
  const gifts = input.order.lines.filter(({ kind }) => kind === 'gift-card');
  const giftCards = gifts.reduce((sum, line) => sum + line.quantity * cents(line.unitPrice), 0);
  const expected = cents(input.order.total) - giftCards;
  const made = plan.createTaxCategory && {
    id: 'new',
    tax1: Number(plan.createTaxCategory.rate) * 100_000,
    tax2: 0,
    classes: [],
  };
  const used = made ?? facts.categories.find(({ id }) => id === plan.taxCategoryId);

  // Lines, discounts, shipping and tax add up to the order, whichever way the till reads a discount amount.
  expect(till(plan.lines, used, 'line').total).toBe(expected);
  expect(till(plan.lines, used, 'unit').total).toBe(expected);
  expect(cents(plan.totals.total)).toBe(expected);
  // Payments equal the total, and with what is kept off all that was captured.
  expect(plan.payments.reduce((sum, { amount }) => sum + cents(amount), 0)).toBe(expected);
  const off = plan.keptOff.payments.reduce((sum, { amount }) => sum + cents(amount), 0);
  expect(expected + off).toBe(cents(input.order.total));
  // The tax is the order's, in the lines or as a line; a rounding line is never more than the tolerance.
  const taxLine = plan.lines.find(({ kind }) => kind === 'tax');
  expect(till(plan.lines, used, 'line').tax + cents(taxLine?.unitPrice ?? '0')).toBe(cents(input.order.taxTotal));
  const rounding = plan.lines.find(({ kind }) => kind === 'rounding');
  expect(Math.abs(cents(rounding?.unitPrice ?? '0'))).toBeLessThanOrEqual(5);
  // Every unit is sold once, no gift card is, and shipping is a line of its own.
  for (const line of input.order.lines) {
    const units = plan.lines.filter(({ orderLineId }) => orderLineId === line.lineId);
    const sold = units.reduce((sum, { quantity }) => sum + quantity, 0);
    expect(sold).toBe(line.kind === 'gift-card' ? 0 : line.quantity);
  }
  const shipped = plan.lines.filter(({ kind }) => kind === 'shipping').map(({ unitPrice }) => cents(unitPrice));
  expect(shipped).toEqual(facts.shipping?.amount ? [facts.shipping.amount] : []);
  // What is sent is money, with no line below zero but one for rounding, and always a category.
  for (const line of plan.lines) {
    expect(line.unitPrice).toMatch(/^-?\d+\.\d\d$/);
    if (line.kind !== 'rounding') expect(cents(line.unitPrice)).toBeGreaterThanOrEqual(cents(line.discount));
  }
  expect(plan.taxCategoryId !== null || plan.createTaxCategory !== null).toBe(true);
  expect(plan.enablePromotions).toBe(false);
}

test('every plan of every order adds up to the cent, and the same facts give the same plan', () => {
  const counts = new Map<string, number>();
  fc.assert(
    fc.property(world, (facts) => {
      const input = inputOf(facts, (net) => Math.floor(net * facts.taxShare));
      const plan = planSale(input);
      const outcome = plan.kind === 'plan' ? plan.taxChoice.kind : plan.code;
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      if (plan.kind === 'plan') expectLaws(input, facts, plan);
      else if (facts.policy === 'line') expect(plan.code).toBe('gift-card-only');
      expect(planSale({ ...input, payments: input.payments.toReversed() })).toEqual(plan);
    }),
    { numRuns: 500 },
  );
  // The law would be empty if a kind of outcome never came up.
  expect([...counts.keys()]).toEqual(
    expect.arrayContaining(['untaxed', 'tax-line', 'create', 'tax-mismatch', 'gift-card-only']),
  );
});

test('tax that the till itself would reckon is met by a category, without a line for tax or rounding', () => {
  fc.assert(
    fc.property(world, fc.constantFrom(0 as const, 1 as const), (facts, which) => {
      const used = facts.categories[which];
      const untaxed = planSale(inputOf({ ...facts, policy: 'line' }, () => 0));
      fc.pre(untaxed.kind === 'plan');
      // The untaxed plan's lines with the order's own words on what is taxed; shipping that says nothing is not.
      const lines = untaxed.lines.map((line) => {
        const said =
          line.orderLineId === null ? facts.shipping?.taxable : facts.goods[Number(line.orderLineId)]!.taxable;
        return { ...line, taxable: said ?? line.orderLineId !== null };
      });
      const { tax } = till(lines, used, 'line');
      const input = inputOf({ ...facts, policy: 'attention' }, () => tax);
      const plan = planSale(input);
      expect(plan).toMatchObject({ kind: 'plan', mode: 'one-post' });
      if (plan.kind !== 'plan') return;
      expect(plan.taxChoice.kind).toBe(tax === 0 ? 'untaxed' : 'category');
      expect(plan.lines.some(({ kind }) => kind === 'tax' || kind === 'rounding')).toBe(false);
      expectLaws(input, facts, plan);
    }),
    { numRuns: 200 },
  );
});

test('money and units given back before the export are off the sale, to the cent, whatever was given back', () => {
  const counts = new Map<string, number>();
  const given = fc.record({
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    unitShares: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 6 }),
  });
  fc.assert(
    fc.property(world, given, fc.boolean(), (facts, { share, unitShares }, isCaptured) => {
      const whole = inputOf({ ...facts, policy: 'line' }, (net) => Math.floor(net * facts.taxShare));
      const lines = whole.order.lines.map((line, index) => {
        return { ...line, cancelledQuantity: Math.min(line.quantity, unitShares[index] ?? 0) };
      });
      const total = cents(whole.order.total);
      const refunded = Math.floor(total * share);
      const refunds = [{ refundId: 'r', amount: money(refunded), at: '2026-01-02T00:00:00Z' }];
      // What was given back had been captured before, or never was.
      const payments = isCaptured ? whole.payments : paymentsOf(total - refunded, facts.parts);
      const plan = planSale({ ...whole, order: { ...whole.order, lines }, refunds, payments });
      counts.set(
        plan.kind === 'plan' ? 'plan' : plan.code,
        (counts.get(plan.kind === 'plan' ? 'plan' : plan.code) ?? 0) + 1,
      );
      if (plan.kind !== 'plan') return;
      const giftCards = lines
        .filter(({ kind }) => kind === 'gift-card')
        .reduce((sum, line) => sum + (line.quantity - line.cancelledQuantity) * cents(line.unitPrice), 0);
      const expected = total - giftCards - refunded;
      const used = facts.categories.find(({ id }) => id === plan.taxCategoryId);
      expect(till(plan.lines, used, 'line').total).toBe(expected);
      expect(till(plan.lines, used, 'unit').total).toBe(expected);
      expect(plan.payments.reduce((sum, { amount }) => sum + cents(amount), 0)).toBe(expected);
      for (const line of lines) {
        const units = plan.lines.filter(({ orderLineId }) => orderLineId === line.lineId);
        const sold = units.reduce((sum, { quantity }) => sum + quantity, 0);
        expect(sold).toBe(line.kind === 'gift-card' ? 0 : line.quantity - line.cancelledQuantity);
      }
    }),
    { numRuns: 500 },
  );
  expect([...counts.keys()]).toEqual(expect.arrayContaining(['plan', 'total-mismatch', 'nothing-left']));
});

test('prices that hold their tax: the sale comes to the order, by the category whose share of it is the tax', () => {
  let found = 0;
  fc.assert(
    fc.property(world, fc.integer({ min: 1, max: 20_000 }), (facts, rate) => {
      // The share of the tax in what is charged, half-up, in whole numbers: cost × rate / (1 + rate).
      const taxCents = (net: number) => Math.floor((2 * net * rate + (100_000 + rate)) / (2 * (100_000 + rate)));
      const goods = facts.goods.map((each) => ({ ...each, taxable: true, taxClassId: null }));
      const plain = inputOf({ ...facts, goods, shipping: null, policy: 'attention' }, () => 0);
      const gifts = plain.order.lines.filter(({ kind }) => kind === 'gift-card');
      const giftCards = gifts.reduce((sum, line) => sum + line.quantity * cents(line.unitPrice), 0);
      const charged = cents(plain.order.total) - giftCards;
      const tax = taxCents(charged);
      fc.pre(tax > 5 && charged > 0);
      const category = { taxCategoryId: '8', ...rates({ tax1: rate, tax2: 0 }), isTaxInclusive: true, classes: [] };
      const account = { taxCategories: [category], defaultTaxCategoryId: '8', isTaxInclusive: true };
      const plan = planSale({ ...plain, order: { ...plain.order, taxTotal: money(tax) }, account });
      expect(plan).toMatchObject({
        kind: 'plan',
        mode: 'open-then-complete',
        taxCategoryId: '8',
        totals: { tax1: money(tax), total: money(charged) },
      });
      found += 1;
    }),
    { numRuns: 200 },
  );
  expect(found).toBeGreaterThan(0);
});
