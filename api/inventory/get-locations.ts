import { listLocations } from '../../db/inventory/list-locations.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { Locations } from './locations.ts';

export const getLocationsEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/locations',
  roles: ['storefront', 'admin', 'operator'],
  summary: "List the storefront's locations",
  params: TenantParams,
  success: { status: 200, body: Locations },
  async handle({ params }, { db }) {
    return { body: { locations: await listLocations(db, params.tenant) } };
  },
});
