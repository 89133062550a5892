import { category } from '../resources/category.ts';
import { blankContact, contact } from '../resources/contact.ts';
import { customer } from '../resources/customer.ts';
import { employee } from '../resources/employee.ts';
import { employeeRole } from '../resources/employee-role.ts';
import { inventoryLog } from '../resources/inventory-log.ts';
import { blankItem, item } from '../resources/item.ts';
import { itemFee } from '../resources/item-fee.ts';
import { itemMatrix } from '../resources/item-matrix.ts';
import { itemShop } from '../resources/item-shop.ts';
import { manufacturer } from '../resources/manufacturer.ts';
import { note } from '../resources/note.ts';
import { paymentType } from '../resources/payment-type.ts';
import { priceLevel } from '../resources/price-level.ts';
import { register } from '../resources/register.ts';
import type { Resource } from '../resources/resource.ts';
import { sale } from '../resources/sale.ts';
import { saleLine } from '../resources/sale-line.ts';
import { salePayment } from '../resources/sale-payment.ts';
import { shipTo } from '../resources/ship-to.ts';
import { shop } from '../resources/shop.ts';
import { taxCategory } from '../resources/tax-category.ts';
import { taxCategoryClass } from '../resources/tax-category-class.ts';
import { taxClass } from '../resources/tax-class.ts';
import type { AccountBooks } from './account-books.ts';
import type { Changes } from './changes.ts';
import type { Row } from './row.ts';
import { blankRow } from './row.ts';
import { Table } from './table.ts';

/** Empty books for an account; every change of theirs is noted in `changes`. */
export function openAccountBooks(account: number, changes: Changes): AccountBooks {
  const open = <R extends Row>(
    resource: Resource<R>,
    indexed: (keyof R & string)[] = [],
    extra: Partial<R> = {},
    blank?: () => R,
  ): Table<R> =>
    new Table<R>(
      {
        account,
        name: resource.name,
        key: resource.key,
        blank: blank ?? (() => ({ ...blankRow(resource.fields), ...extra }) as unknown as R),
        indexed,
        sorted: resource.sortable.map((name) => resource.sortAliases?.[name] ?? name),
      },
      changes,
    );
  return {
    account,
    categories: open(category),
    contacts: open(contact, [], {}, blankContact),
    customers: open(customer, ['contactID']),
    employeeRoles: open(employeeRole, [], { rights: [] }),
    employees: open(employee, [], { rights: [] }),
    inventoryLogs: open(inventoryLog, ['saleID', 'itemID']),
    itemFees: open(itemFee),
    itemMatrices: open(itemMatrix),
    itemShops: open(itemShop, ['itemID']),
    items: open(item, ['upc', 'ean', 'systemSku', 'manufacturerSku'], {}, blankItem),
    manufacturers: open(manufacturer),
    notes: open(note),
    paymentTypes: open(paymentType),
    priceLevels: open(priceLevel),
    registers: open(register, ['shopID']),
    saleLines: open(saleLine, ['saleID', 'parentSaleLineID']),
    salePayments: open(salePayment, ['saleID', 'remoteReference']),
    sales: open(sale, ['referenceNumber', 'customerID', 'ticketNumber'], {
      updatedAt: null,
      printedNote: '',
      internalNote: '',
      taxTotal: '0',
    }),
    shipTos: open(shipTo, ['saleID']),
    shops: open(shop),
    taxCategories: open(taxCategory, [], { isTaxInclusive: false }),
    taxCategoryClasses: open(taxCategoryClass, ['taxCategoryID']),
    taxClasses: open(taxClass),
  };
}
