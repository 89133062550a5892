/** Every scope that can be asked for, without its prefix `employee:`. @see lightspeed-r-series.md, "Scopes" */
const scopes = new Set([
  'all',
  'admin',
  'admin_employees',
  'admin_inventory',
  'admin_purchases',
  'admin_shops',
  'admin_void_sale',
  'categories',
  'customers',
  'customers_read',
  'customers_view_gift_card_numbers',
  'inventory',
  'inventory_base',
  'inventory_counts',
  'inventory_counts_reconcile',
  'inventory_log',
  'inventory_read',
  'manufacturers',
  'product_cost',
  'product_edit',
  'purchase_orders',
  'register',
  'register_layaway',
  'register_open',
  'register_read',
  'register_refund',
  'reports',
  'special_orders',
  'tags',
  'transfers',
  'vendors',
  'vendor_returns',
  'workbench',
]);

/** The scope in its one spelling, separated by spaces; undefined if a name in it is unknown. Nothing asked for: `employee:all`. */
export function parseScope(text: string): string | undefined {
  const names = text.split(/[\s+]+/).filter((name) => name !== '');
  if (names.length === 0) return 'employee:all';
  const isKnown = names.every(
    (name) => name === 'systemuserid' || (name.startsWith('employee:') && scopes.has(name.slice(9))),
  );
  return isKnown ? names.join(' ') : undefined;
}

/** Whether a scope lets a right through; the employee must have it as well. */
export function scopeAllows(scope: string, right: string): boolean {
  const names = scope.split(' ');
  return names.includes('employee:all') || names.includes(`employee:${right}`);
}
