import { replaceLocations } from '../../db/inventory/replace-locations.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { Locations } from './locations.ts';

export const putLocationsEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/locations',
  roles: ['storefront', 'admin'],
  summary: "Declare the storefront's locations: the whole list",
  description: 'Shops of Lightspeed are mapped to them in the setup. A location that a shop feeds can not be left out.',
  params: TenantParams,
  body: Locations,
  success: { status: 200, body: Locations },
  problems: ['location-mapped'],
  async handle({ params, body }, { db }) {
    await replaceLocations(db, params.tenant, body.locations);
    return { body };
  },
});
