import type {
  NewCustomer,
  NewSale,
  Till,
  TillCustomer,
  TillEmployee,
  TillRegister,
  TillSale,
} from '../../lightspeed/till.ts';

/** What a till's answer is put through: it may fail before, after, or answer late. */
export type Fault = <T>(carryOut: () => T) => Promise<T>;

export interface MemoryTill {
  till: Till;
  sales: (TillSale & { sent: NewSale })[];
  customers: (TillCustomer & NewCustomer)[];
  /** Taken in turn by the calls of a name; without one a call simply works. */
  faults: Map<keyof Till, Fault[]>;
  calls: (keyof Till)[];
  employeeLockedOut: boolean;
  /** What differs of the chosen employee and register; null: gone from the till. */
  employee: Partial<TillEmployee> | null;
  register: Partial<TillRegister> | null;
  /** The till ignores the reference filter and answers with whatever it has. */
  ignoresFilter: boolean;
  /** Prices include tax: the total can't be predicted, so a sale is opened, read and completed. */
  isTaxInclusive: boolean;
  /** What a sale was paid with. */
  paid: (saleId: string) => { paymentTypeId: string; amount: string }[];
  hasItemFees: boolean;
}

/**
 * A till in memory that does as the vendor's facts say, for tests of the protocol alone: what is sent when, and what
 * becomes of it. Whether our requests are the vendor's is for the sandbox to say.
 */
export function createMemoryTill(connectionId: string): MemoryTill {
  const world: MemoryTill = {
    till: undefined as unknown as Till,
    sales: [],
    customers: [],
    faults: new Map(),
    calls: [],
    employeeLockedOut: false,
    employee: {},
    register: {},
    ignoresFilter: false,
    isTaxInclusive: false,
    paid: (saleId) => payments.get(saleId) ?? [],
    hasItemFees: false,
  };
  const payments = new Map<string, NewSale['payments']>();
  async function call<T>(name: keyof Till, carryOut: () => T): Promise<T> {
    world.calls.push(name);
    const fault = world.faults.get(name)?.shift();
    return fault ? fault(carryOut) : carryOut();
  }
  const sumOf = (sent: NewSale) =>
    sent.lines.reduce(
      (sum, { quantity, unitPrice, discountAmount = '0' }) =>
        sum + quantity * Number(unitPrice) - Number(discountAmount),
      0,
    );
  const find = (saleId: string) => world.sales.find((sale) => sale.saleId === saleId)!;
  const complete = (sale: TillSale, sent: NewSale['payments']) => {
    payments.set(sale.saleId, [...(payments.get(sale.saleId) ?? []), ...sent]);
    const paid = Number(sale.calcPayments) + sent.reduce((sum, { amount }) => sum + Number(amount), 0);
    sale.calcPayments = paid.toFixed(2);
    sale.completed = true;
    sale.completedAt = new Date();
    sale.balance = (Number(sale.calcTotal) - paid).toFixed(2);
    return { ...sale };
  };
  const post = (sent: NewSale) => {
    const saleId = String(world.sales.length + 1);
    const sale: TillSale & { sent: NewSale } = {
      saleId,
      ticketNumber: String(220_000_000_000 + Number(saleId)),
      completed: false,
      voided: false,
      archived: false,
      referenceNumber: sent.referenceNumber,
      referenceNumberSource: sent.referenceNumberSource,
      calcTotal: sumOf(sent).toFixed(2),
      calcTax1: '0',
      calcTax2: '0',
      calcPayments: '0',
      balance: '0',
      change: '0',
      completedAt: null,
      timeStamp: new Date(),
      sent,
    };
    world.sales.push(sale);
    return sent.completed ? complete(sale, sent.payments) : { ...sale };
  };
  const unused = () => {
    throw new Error('not a call of an export');
  };
  world.till = {
    connectionId,
    accountId: '1',
    account: unused,
    session: unused,
    priceLevels: unused,
    paymentTypes: unused,
    manufacturers: unused,
    changedItemPages: unused,
    changedStockPages: unused,
    allItemPages: unused,
    newestItemTime: unused,
    newestStockTime: unused,
    countItems: unused,
    itemsById: unused,
    createTaxCategory: unused,
    taxCategories: () =>
      call('taxCategories', () =>
        world.isTaxInclusive
          ? [
              {
                taxCategoryId: '4',
                isTaxInclusive: true,
                tax1Name: 'VAT',
                tax2Name: '',
                tax1Rate: '0.2',
                tax2Rate: '0',
                classes: [],
              },
            ]
          : [],
      ),
    shops: () =>
      call('shops', () => [
        {
          shopId: '1',
          name: 'Quay',
          timeZone: 'UTC',
          archived: false,
          taxCategoryId: world.isTaxInclusive ? '4' : null,
          priceLevelId: null,
        },
      ]),
    hasItemFees: () => call('hasItemFees', () => world.hasItemFees),
    employees: () =>
      call('employees', () => {
        const web = { name: 'Web', archived: false, lockedOut: world.employeeLockedOut, limitToShopId: null };
        return world.employee ? [{ employeeId: '2', ...web, ...world.employee }] : [];
      }),
    registers: () =>
      call('registers', () => {
        const web = { name: 'Web', shopId: '1', open: true, archived: false };
        return world.register ? [{ registerId: '5', ...web, ...world.register }] : [];
      }),
    customersByEmail: (email) =>
      call('customersByEmail', () => world.customers.filter((customer) => customer.email === email)),
    unarchiveCustomer: (id) =>
      call('unarchiveCustomer', () => {
        for (const customer of world.customers) if (customer.customerId === id) customer.archived = false;
      }),
    createCustomer: (customer) =>
      call('createCustomer', () => {
        const customerId = String(world.customers.length + 1);
        world.customers.push({ ...customer, customerId, archived: false, createdAt: new Date() });
        return customerId;
      }),
    salesByReference: (number, source) =>
      call('salesByReference', () => {
        const isOurs = (sale: TillSale) => sale.referenceNumber === number && sale.referenceNumberSource === source;
        return { filterHonoured: !world.ignoresFilter, sales: world.sales.filter(isOurs).map((sale) => ({ ...sale })) };
      }),
    async *changedSalePages() {
      const rows = await call('changedSalePages', () => world.sales.map((sale) => ({ ...sale })));
      yield { rows, next: null, calls: 1, costDrips: '1', waitedMs: 0 };
    },
    sale: (saleId) => call('sale', () => ({ ...find(saleId) })),
    saleWithParts: (saleId) =>
      call('saleWithParts', () => {
        const { sent, ...sale } = find(saleId);
        const lines = sent.lines.map(({ itemId, quantity, unitPrice, tax, taxClassId = null }, index) => {
          return { saleLineId: `${saleId}${index}`, itemId, quantity: String(quantity), unitPrice, tax, taxClassId };
        });
        const { shopId, taxCategoryId } = sent;
        return { sale, shopId, taxCategoryId, lines, payments: sale.completed ? world.paid(saleId) : [] };
      }),
    createSale: async (sale, { beforeSend }) => {
      await beforeSend();
      return call('createSale', () => post(sale));
    },
    completeSale: async (saleId, payments, { beforeSend }, lines = []) => {
      await beforeSend();
      return call('completeSale', () => {
        const sale = find(saleId);
        sale.calcTotal = lines.reduce((sum, line) => sum + Number(line.unitPrice), Number(sale.calcTotal)).toFixed(2);
        return complete(sale, payments);
      });
    },
  };
  return world;
}
