import { category } from './category.ts';
import { customer } from './customer.ts';
import { employee } from './employee.ts';
import { inventoryLog } from './inventory-log.ts';
import { item } from './item.ts';
import { itemFee } from './item-fee.ts';
import { itemMatrix } from './item-matrix.ts';
import { itemShop } from './item-shop.ts';
import { manufacturer } from './manufacturer.ts';
import { paymentType } from './payment-type.ts';
import { priceLevel } from './price-level.ts';
import { register } from './register.ts';
import type { Resource } from './resource.ts';
import { sale } from './sale.ts';
import { saleLine } from './sale-line.ts';
import { salePayment } from './sale-payment.ts';
import { shipTo } from './ship-to.ts';
import { shop } from './shop.ts';
import { taxCategory } from './tax-category.ts';
import { taxClass } from './tax-class.ts';

/** Every resource that has an endpoint. */
export const resourceList: readonly Resource[] = [
  category,
  customer,
  employee,
  inventoryLog,
  item,
  itemFee,
  itemMatrix,
  itemShop,
  manufacturer,
  paymentType,
  priceLevel,
  register,
  sale,
  saleLine,
  salePayment,
  shipTo,
  shop,
  taxCategory,
  taxClass,
];
