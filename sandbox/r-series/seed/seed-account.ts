import type { AccountBooks } from '../books/account-books.ts';
import type { Clock } from '../clock.ts';
import { allRights } from '../resources/employee-role.ts';
import type { SeedItem } from './generate-bike-shop.ts';
import { generateBikeShop } from './generate-bike-shop.ts';

/** How large an account to make. `registers` sizes the rate limiter's bucket; the last one is "Online", at shop 1. */
export interface AccountSeed {
  seed: number;
  items: number;
  registers: number;
}

/**
 * Fills empty books with a bike shop: employee 1 is the owner (all rights), 2 a manager without `admin`, 3 "Web Orders"
 * (all rights), 4 a seller limited to shop 1; price levels 1 Default, 2 MSRP, 3 Online.
 */
export function seedAccount(books: AccountBooks, clock: Clock, { seed, items, registers }: AccountSeed): void {
  // An hour ago, so that whatever changes from now on is newer.
  const timeStamp = clock.now() - 3_600;
  const bikeShop = generateBikeShop({ seed, items });
  seedTaxes(books, timeStamp);
  for (const [priceLevelID, name] of [
    [1, 'Default'],
    [2, 'MSRP'],
    [3, 'Online'],
  ] as const) {
    books.priceLevels.insert({ priceLevelID, name, canBeArchived: priceLevelID > 2, type: 'fixed' });
  }
  for (const shop of bikeShop.shops) {
    books.shops.insert({
      ...shop,
      timeZone: 'US/Eastern',
      labelTitle: 'Shop Name',
      taxCategoryID: 1,
      priceLevelID: 1,
      timeStamp,
    });
  }
  for (let registerID = 1; registerID <= registers; registerID += 1) {
    const isLast = registerID === registers;
    const shopID = isLast ? 1 : Math.min(registerID, bikeShop.shops.length);
    books.registers.insert({
      registerID,
      name: isLast ? 'Online' : `Till ${registerID}`,
      shopID,
      open: true,
      openTime: timeStamp,
      openEmployeeID: 1,
    });
  }
  seedPeople(books, timeStamp);
  seedPaymentTypes(books);
  seedItems(books, bikeShop.items, timeStamp);
}

function seedTaxes(books: AccountBooks, timeStamp: number): void {
  books.taxClasses.insert({ taxClassID: 1, name: 'Item', timeStamp });
  books.taxClasses.insert({ taxClassID: 2, name: 'Clothing', timeStamp });
  books.taxCategories.insert({ taxCategoryID: 1, tax1Name: 'Harbour County', tax1Rate: '0.08', timeStamp });
  books.taxCategories.insert({ taxCategoryID: 2, tax1Name: 'Next State', tax1Rate: '0.0625', timeStamp });
  books.taxCategories.insert({
    taxCategoryID: 3,
    tax1Name: 'GST',
    tax1Rate: '0.05',
    tax2Name: 'PST',
    tax2Rate: '0.07',
    timeStamp,
  });
  books.taxCategoryClasses.insert({ taxCategoryID: 1, taxClassID: 2, tax1Rate: '0.04', timeStamp });
}

function seedPeople(books: AccountBooks, timeStamp: number): void {
  const withoutAdmin = allRights.filter((right) => !right.startsWith('admin'));
  books.employeeRoles.insert({ employeeRoleID: 1, name: 'Owner', rights: allRights });
  books.employeeRoles.insert({ employeeRoleID: 2, name: 'Manager', rights: withoutAdmin });
  books.employeeRoles.insert({
    employeeRoleID: 3,
    name: 'Seller',
    rights: ['allow_login', 'register', 'inventory_read', 'customers'],
  });
  books.employees.insert({
    employeeID: 1,
    firstName: 'Ada',
    lastName: 'Moss',
    employeeRoleID: 1,
    lastShopID: 1,
    timeStamp,
  });
  books.employees.insert({
    employeeID: 2,
    firstName: 'Ben',
    lastName: 'Hale',
    employeeRoleID: 2,
    lastShopID: 1,
    timeStamp,
  });
  books.employees.insert({
    employeeID: 3,
    firstName: 'Web',
    lastName: 'Orders',
    employeeRoleID: 1,
    lastShopID: 1,
    timeStamp,
  });
  books.employees.insert({
    employeeID: 4,
    firstName: 'Cleo',
    lastName: 'Reyes',
    employeeRoleID: 3,
    limitToShopID: 1,
    lastShopID: 1,
    timeStamp,
  });
}

function seedPaymentTypes(books: AccountBooks): void {
  const types = [
    ['Cash', 'cash'],
    ['Check', 'user defined'],
    ['Credit Card', 'credit card'],
    ['Gift Card', 'gift card'],
    ['Credit Account', 'credit account'],
    ['eCom', 'ecom'],
    ['Web Payment', 'user defined'],
    ['Web Gift Card', 'user defined'],
  ] as const;
  for (const [index, [name, type]] of types.entries()) {
    const isReserved = type !== 'user defined';
    books.paymentTypes.insert({
      paymentTypeID: index + 1,
      name,
      type,
      internalReserved: isReserved,
      requireCustomer: type === 'credit account',
    });
  }
}

/** Each item was last touched a second after the one before it, the newest an hour ago. */
function seedItems(books: AccountBooks, items: readonly SeedItem[], newest: number): void {
  const idOf = <T>(known: Map<string, number>, name: string, insert: () => T, id: (row: T) => number): number => {
    if (name === '') return 0;
    if (!known.has(name)) known.set(name, id(insert()));
    return known.get(name)!;
  };
  const [manufacturers, categories, matrices] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ];
  for (const [index, item] of items.entries()) {
    const timeStamp = newest - (items.length - 1 - index);
    const manufacturerID = idOf(
      manufacturers,
      item.brand,
      () => books.manufacturers.insert({ name: item.brand, createTime: timeStamp, timeStamp }),
      (row) => row.manufacturerID,
    );
    const categoryID = idOf(
      categories,
      item.category,
      () =>
        books.categories.insert({ name: item.category, fullPathName: item.category, createTime: timeStamp, timeStamp }),
      (row) => row.categoryID,
    );
    const itemMatrixID = idOf(
      matrices,
      item.matrix,
      () => books.itemMatrices.insert({ description: item.matrix, tax: true, timeStamp, manufacturerID, categoryID }),
      (row) => row.itemMatrixID,
    );
    books.items.insert({
      itemID: item.itemID,
      // Recorded: not always 210000000000 + itemID.
      systemSku: String(210_000_000_000 + item.itemID + (item.itemID > 200 ? 6 : 0)),
      description: item.description,
      itemType: item.itemType,
      archived: item.archived,
      upc: item.upc,
      ean: item.ean,
      customSku: item.customSku,
      manufacturerSku: item.manufacturerSku,
      tax: item.isTaxed,
      taxClassID: item.taxClassID,
      manufacturerID,
      categoryID,
      itemMatrixID,
      defaultCost: '8',
      avgCost: '8',
      createTime: timeStamp,
      timeStamp,
      prices: [
        { level: 1, amount: wireNumber(item.prices.standard) },
        { level: 2, amount: wireNumber(item.prices.msrp) },
        { level: 3, amount: wireNumber(item.prices.online) },
      ],
    });
    seedStock(books, item, timeStamp);
  }
}

/** Rows of shops in the order of the ids, the sum (shopID 0) behind them, as the till keeps them. */
function seedStock(books: AccountBooks, { itemID, stock }: SeedItem, timeStamp: number): void {
  if (stock.length === 0) return;
  const text = (value: number) => String(value);
  for (const { shopID, qoh, backorder, reorderPoint, reorderLevel } of stock) {
    books.itemShops.insert({
      itemID,
      shopID,
      timeStamp,
      qoh: text(qoh),
      backorder: text(backorder),
      reorderPoint: text(reorderPoint),
      reorderLevel: text(reorderLevel),
    });
  }
  const sum = (field: 'qoh' | 'backorder' | 'reorderPoint' | 'reorderLevel') =>
    text(stock.reduce((total, row) => total + row[field], 0));
  books.itemShops.insert({
    itemID,
    shopID: 0,
    timeStamp,
    qoh: sum('qoh'),
    backorder: sum('backorder'),
    reorderPoint: sum('reorderPoint'),
    reorderLevel: sum('reorderLevel'),
  });
}

/** No trailing zeros, as the till writes numbers. */
function wireNumber(value: string): string {
  return String(Number(value));
}
