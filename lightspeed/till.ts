/**
 * What the rest of Tillbridge asks of a retailer's Lightspeed account. Rows are already parsed: numbers that may be
 * fractional and money are decimal strings, flags are booleans, absent relations are empty lists, id "0" is null
 * where it means "none". Every method throws `LightspeedError` only.
 */
export interface Till {
  readonly connectionId: string;
  readonly accountId: string;

  account(): Promise<TillAccount>;
  session(): Promise<TillSession>;
  shops(): Promise<TillShop[]>;
  employees(): Promise<TillEmployee[]>;
  registers(): Promise<TillRegister[]>;
  priceLevels(): Promise<TillPriceLevel[]>;
  paymentTypes(): Promise<TillPaymentType[]>;
  taxCategories(): Promise<TillTaxCategory[]>;
  manufacturers(): Promise<TillManufacturer[]>;
  /** Whether any fee is set up that the till may add to what is sold. */
  hasItemFees(): Promise<boolean>;

  /** Items changed since a moment, oldest first, archived ones included. @param cursor a page's `next`, to go on from it. */
  changedItemPages(since: Date, cursor: string | null, options: PageOptions): AsyncIterable<TillPage<TillItem>>;
  /** Stock rows of shops (never the `shopID` 0 sums) changed since a moment, oldest first. */
  changedStockPages(since: Date, cursor: string | null, options: PageOptions): AsyncIterable<TillPage<TillStock>>;
  /** All live items by id, each with its stock rows: the full pull. */
  allItemPages(cursor: string | null, options: PageOptions): AsyncIterable<TillPage<TillItemWithStock>>;
  /** The newest timestamps the till knows, to start polling from; null for an empty account. */
  newestItemTime(): Promise<Date | null>;
  newestStockTime(): Promise<Date | null>;
  countItems(): Promise<number>;
  /** Items by id (at most 100), archived ones included, with their stock rows. */
  itemsById(itemIds: string[], options?: Pick<PageOptions, 'signal'>): Promise<TillItemWithStock[]>;

  /** Customers whose contact has this address, archived ones included, oldest first. The answer's addresses are checked. */
  customersByEmail(email: string): Promise<TillCustomer[]>;
  unarchiveCustomer(customerId: string): Promise<void>;
  createCustomer(customer: NewCustomer, options: WriteOptions): Promise<string>;

  /**
   * Sales whose two reference fields both equal these, open and archived ones included.
   * `filterHonoured` is false when the till answered with rows of other references: then look by time instead.
   */
  salesByReference(number: string, source: string): Promise<{ filterHonoured: boolean; sales: TillSale[] }>;
  /** Every sale changed since a moment, oldest first, open and archived ones included. */
  changedSalePages(since: Date, cursor: string | null, options: PageOptions): AsyncIterable<TillPage<TillSale>>;
  sale(saleId: string): Promise<TillSale | null>;
  /** A sale with its lines and payments, to take some of it back. */
  saleWithParts(saleId: string): Promise<TillSaleWithParts | null>;
  /** One POST. */
  createSale(sale: NewSale, options: WriteOptions): Promise<TillSale>;
  /** The PUT that completes an open sale. Payments, and lines if any, are appended by the till: send them once. */
  completeSale(
    saleId: string,
    payments: NewSalePayment[],
    options: WriteOptions,
    lines?: NewSaleLine[],
  ): Promise<TillSale>;
  createTaxCategory(category: { name: string; rate: string }, options: WriteOptions): Promise<string>;
}

/** `order` may use the reserve that bulk reads leave; `bulk` also waits longest. */
export type Priority = 'order' | 'interactive' | 'bulk';

/** Gives the tenant's till. @throws LightspeedError `not-connected` or `connection-lost`. */
export type OpenTill = (tenant: string, priority: Priority) => Promise<Till>;

export interface PageOptions {
  signal?: AbortSignal;
  /** Called before each wait and call, for heartbeats. */
  onProgress?: () => void;
  /** At most this share of the account's drip rate, for what may take hours: 0.5 leaves half of it to others. */
  dripShare?: number;
}

/** What may still stop a write that must not be made twice. */
export interface WriteOptions {
  signal: AbortSignal;
  /** Runs after the wait for the budget; its error stops the call. */
  beforeSend: () => Promise<void>;
  /**
   * Asked as the first byte leaves, with nothing awaited in between; false ends the call as `aborted`. Timers and rows
   * read don't do: a process that was frozen takes in a reply that waited for it before its timers fire.
   */
  maySend: () => boolean;
}

/** One page, with what it cost. `next` is null on the last. */
export interface TillPage<Row> {
  rows: Row[];
  next: string | null;
  calls: number;
  costDrips: string;
  waitedMs: number;
}

export interface TillAccount {
  accountId: string;
  name: string;
}

export interface TillSession {
  employeeId: string;
  userName: string;
  rights: Record<string, boolean>;
}

export interface TillShop {
  shopId: string;
  name: string;
  timeZone: string;
  archived: boolean;
  taxCategoryId: string | null;
  priceLevelId: string | null;
}

export interface TillEmployee {
  employeeId: string;
  name: string;
  archived: boolean;
  lockedOut: boolean;
  limitToShopId: string | null;
}

export interface TillRegister {
  registerId: string;
  name: string;
  shopId: string;
  open: boolean;
  archived: boolean;
}

export interface TillPriceLevel {
  priceLevelId: string;
  name: string;
  archived: boolean;
}

export interface TillPaymentType {
  paymentTypeId: string;
  name: string;
  type: string;
  archived: boolean;
  requireCustomer: boolean;
}

/** Rates are decimal fractions: "0.05" is 5 %. */
export interface TillTaxCategory {
  taxCategoryId: string;
  isTaxInclusive: boolean;
  tax1Name: string;
  tax2Name: string;
  tax1Rate: string;
  tax2Rate: string;
  classes: { taxClassId: string; tax1Rate: string; tax2Rate: string }[];
}

export interface TillManufacturer {
  manufacturerId: string;
  name: string;
}

export interface TillItem {
  itemId: string;
  systemSku: string;
  description: string;
  itemType: string;
  upc: string;
  ean: string;
  customSku: string;
  manufacturerSku: string;
  manufacturerId: string;
  taxClassId: string;
  taxable: boolean;
  archived: boolean;
  timeStamp: Date;
  /** Amount by price level id (`useTypeID`). "0" means no price. */
  prices: { levelId: string; amount: string }[];
}

export interface TillItemWithStock extends TillItem {
  /** A row of each shop that has one. */
  stock: TillStock[];
  /** The till's own sum of what its shops have on hand (`shopID` 0); null where it gives none. */
  qohOfAllShops: string | null;
}

export interface TillStock {
  itemId: string;
  shopId: string;
  qoh: string;
  sellable: string;
  backorder: string;
  reorderPoint: string;
  reorderLevel: string;
  timeStamp: Date;
}

export interface TillCustomer {
  customerId: string;
  archived: boolean;
  createdAt: Date | null;
}

export interface TillAddress {
  address1: string;
  address2?: string;
  city: string;
  state?: string;
  zip?: string;
  countryCode?: string;
}

export interface NewCustomer {
  firstName: string;
  lastName: string;
  company?: string;
  email: string;
  phone?: string;
  address?: TillAddress;
}

export interface TillSale {
  saleId: string;
  ticketNumber: string;
  completed: boolean;
  voided: boolean;
  archived: boolean;
  referenceNumber: string;
  referenceNumberSource: string;
  calcTotal: string;
  calcTax1: string;
  calcTax2: string;
  calcPayments: string;
  balance: string;
  change: string;
  completedAt: Date | null;
  timeStamp: Date;
}

export interface TillSaleWithParts {
  sale: TillSale;
  shopId: string;
  taxCategoryId: string | null;
  lines: {
    saleLineId: string;
    itemId: string | null;
    quantity: string;
    unitPrice: string;
    tax: boolean;
    taxClassId: string | null;
  }[];
  payments: { paymentTypeId: string; amount: string }[];
}

export interface NewSale {
  completed: boolean;
  employeeId: string;
  registerId: string;
  shopId: string;
  customerId: string | null;
  referenceNumber: string;
  referenceNumberSource: string;
  /** Null: the sale is not taxed at all (`taxCategoryID` 0). */
  taxCategoryId: string | null;
  completeTime?: string;
  lines: NewSaleLine[];
  payments: NewSalePayment[];
  shipTo?: { firstName: string; lastName: string; company?: string; address: TillAddress; phone?: string };
}

/** `itemId` null is a misc line: `note` tells what was sold. Money as decimal strings; `discountAmount` for a quantity of 1. */
export interface NewSaleLine {
  itemId: string | null;
  note?: string;
  quantity: number;
  unitPrice: string;
  discountAmount?: string;
  /** Of the sale that a negative quantity takes back. */
  parentSaleLineId?: string;
  tax: boolean;
  taxClassId?: string;
}

export interface NewSalePayment {
  paymentTypeId: string;
  amount: string;
  remoteReference: string;
}
