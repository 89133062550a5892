import { sql } from 'drizzle-orm';
import type { LineMapping } from '../../domain/orders/sale-lines.ts';
import { mappings, posItems } from '../schema/inventory.ts';
import { orderLines, orders } from '../schema/orders.ts';

/** In a select from `orders`: what the till sells for each of the order's lines, by line. */
export const lineMappings = sql<
  Record<string, LineMapping>
>`(select coalesce(json_object_agg(${orderLines.lineId}, json_build_object(
  'itemId', ${mappings.itemId}, 'taxClassId', nullif(${posItems.taxClassId}, '0'))), '{}')
  from ${orderLines}
  join ${mappings} on ${mappings.tenant} = ${orderLines.tenant} and ${mappings.sku} = ${orderLines.sku}
    and ${mappings.state} in ('mapped', 'manual', 'missing-price') and ${mappings.itemId} is not null
  left join ${posItems} on ${posItems.tenant} = ${mappings.tenant} and ${posItems.itemId} = ${mappings.itemId}
  where ${orderLines.tenant} = ${orders.tenant} and ${orderLines.orderId} = ${orders.orderId})`;
