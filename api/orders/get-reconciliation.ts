import { z } from 'zod';
import type { ReconciliationRow } from '../../db/orders/stream-reconciliation.ts';
import { streamReconciliation } from '../../db/orders/stream-reconciliation.ts';
import { csvRow } from '../http/csv.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

const columns: readonly (keyof ReconciliationRow)[] = [
  'order',
  'placedAt',
  'state',
  'ticket',
  'saleDate',
  'currency',
  'orderTotal',
  'orderTax',
  'giftCards',
  'refundedBefore',
  'saleTotal',
  'saleTax',
  'difference',
  'taxDifference',
  'payments',
  'customerId',
  'refundedAfter',
  'refundTickets',
  'message',
];

const Day = z.iso.date('A day, YYYY-MM-DD').optional();

export const getReconciliationEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/orders/reconciliation.csv',
  roles: ['admin', 'operator'],
  summary: 'Download orders beside their sales, as CSV',
  description:
    "A row per order, for the bookkeeper. `from` and `to` are days, both included, on the tenant's calendar: of the sale, or of the order's placing while it has none. `difference` is what the sale should come to less what it does.",
  params: TenantParams,
  query: z
    .strictObject({ from: Day, to: Day })
    .refine(({ from, to }) => !from || !to || from <= to, { path: ['to'], message: 'Not before `from`' }),
  success: { status: 200, contentType: 'text/csv; charset=utf-8' },
  handle: ({ params, query: { from = null, to = null } }, { db }) =>
    Promise.resolve({
      stream: toCsv(streamReconciliation(db, params.tenant, { from, to })),
      headers: { 'content-disposition': `attachment; filename="reconciliation-${params.tenant}.csv"` },
    }),
});

async function* toCsv(rows: AsyncIterable<ReconciliationRow>): AsyncGenerator<string> {
  yield csvRow(columns);
  for await (const row of rows) yield csvRow(columns.map((column) => row[column]));
}
