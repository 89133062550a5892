import { Big } from 'big.js';
import type { TillRequest, WireBody } from './till-request.ts';

/** Relations that hold one row; every other is counted as to-many, which costs more. */
const toOne = new Set([
  'Category',
  'Contact',
  'Customer',
  'Discount',
  'EmployeeRole',
  'Item',
  'ItemAttributes',
  'ItemECommerce',
  'Manufacturer',
  'Note',
  'PaymentType',
  'PriceLevel',
  'Quote',
  'ReceiptSetup',
  'ShipTo',
  'Shop',
  'TaxCategory',
  'TaxClass',
]);

/**
 * What a call will cost, in drips, by the vendor's table in force since 2026-03-17.
 * @see lightspeed-r-series.md, "Rate limits"
 */
export function callCost(request: TillRequest): string {
  const cost = request.method === 'GET' ? readCost(request) : writeCost(request);
  return cost.toString();
}

function readCost({ id, query = {}, relations = [] }: TillRequest): Big {
  if (query['count'] !== undefined) return Big(10);
  const isList = id === undefined;
  return relations.reduce((sum, path) => sum.plus(relationCost(path, isList)), Big(1).plus(orCost(query['or'])));
}

/** 0.1 to one, 0.2 to many; twice as much on lists and under a to-many relation. */
function relationCost(path: string, isList: boolean): Big {
  const names = path.split('.');
  const own = toOne.has(names.at(-1) ?? '') ? Big('0.1') : Big('0.2');
  const isDoubled = isList || names.slice(0, -1).some((name) => !toOne.has(name));
  return isDoubled ? own.times(2) : own;
}

/** Several operands on one field are free, on one entity 1 each; over several entities 10 each and 1 per further operand. */
function orCost(or: string | undefined): number {
  if (or === undefined) return 0;
  const fields = or.split('|').map((operand) => decodeURIComponent(operand).split('=')[0] ?? '');
  if (new Set(fields).size === 1) return 0;
  const entities = new Set(fields.map((field) => field.split('.').slice(0, -1).join('.'))).size;
  return entities === 1 ? fields.length : entities * 10 + (fields.length - entities);
}

function writeCost({ method, resource, body = {} }: TillRequest): Big {
  if (resource === 'Sale' || resource === 'SaleLine') {
    const completing = body['completed'] === true ? 3 : 0;
    return Big(2 + completing).plus(nestedCost(body));
  }
  const base = resource === 'Category' && method === 'POST' ? 10 : 1;
  return Big(base).plus(nestedCost(body));
}

/** Keys whose object only wraps the rows of a relation, and is no entity itself. */
const wrappers = new Set([
  'SaleLines',
  'SalePayments',
  'Addresses',
  'Phones',
  'Emails',
  'Websites',
  'TaxCategoryClasses',
]);

function nestedCost(body: WireBody): Big {
  return Big(nestedEntities(body)).times('0.5');
}

function nestedEntities(body: WireBody): number {
  let count = 0;
  for (const [key, value] of Object.entries(body)) {
    for (const nested of Array.isArray(value) ? value : [value]) {
      if (typeof nested !== 'object') continue;
      count += (wrappers.has(key) ? 0 : 1) + nestedEntities(nested);
    }
  }
  return count;
}
