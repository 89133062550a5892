// What the bundle holds: the one place that gathers workflow files, as the SDK takes one entry file.
export { fullPull } from '../workflows/inventory/full-pull.ts';
export { inventorySync } from '../workflows/inventory/inventory-sync.ts';
export { saleBoundary } from '../workflows/inventory/sale-boundary.ts';
export { notify } from '../workflows/notify/notify.ts';
export { sweep } from '../workflows/notify/sweep.ts';
export { orderAudit } from '../workflows/orders/order-audit.ts';
export { orderExport } from '../workflows/orders/order-export.ts';
export { orderRefund } from '../workflows/orders/order-refund.ts';
export { connectionHealth } from '../workflows/setup/connection-health.ts';
export { setup } from '../workflows/setup/setup.ts';
export { tenantRemoval } from '../workflows/tenants/tenant-removal.ts';
