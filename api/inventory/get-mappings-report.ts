import type { MappingReportRow } from '../../db/inventory/stream-mapping-report.ts';
import { streamMappingReport } from '../../db/inventory/stream-mapping-report.ts';
import { csvRow } from '../http/csv.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

const columns: readonly (keyof MappingReportRow)[] = [
  'sku',
  'description',
  'brand',
  'gtin1',
  'gtin2',
  'mpn',
  'state',
  'reason',
  'itemId',
  'posDescription',
  'upc',
  'ean',
  'manufacturerSku',
  'systemSku',
  'candidates',
];

export const getMappingsReportEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/mappings/report.csv',
  roles: ['admin', 'operator'],
  summary: 'Download how everything is mapped, as CSV',
  description: 'A row per catalogue item and per POS item that none is mapped to, each with its reason in plain words.',
  params: TenantParams,
  success: { status: 200, contentType: 'text/csv; charset=utf-8' },
  handle: ({ params }, { db }) =>
    Promise.resolve({
      stream: toCsv(streamMappingReport(db, params.tenant)),
      headers: { 'content-disposition': `attachment; filename="mappings-${params.tenant}.csv"` },
    }),
});

async function* toCsv(rows: AsyncIterable<MappingReportRow>): AsyncGenerator<string> {
  yield csvRow(columns);
  for await (const row of rows) yield csvRow(columns.map((column) => row[column]));
}
