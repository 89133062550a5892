import type { RequestHandler } from 'express';
import type { Database } from '../../db/database.ts';
import { tenantStanding } from '../../db/tenants/tenant-standing.ts';
import { Problem } from '../../domain/problem.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import type { Endpoint } from './endpoint.ts';
import { stateOf } from './request-state.ts';

/**
 * Lets in whom the endpoint names. Another tenant's path is a 404 whether that tenant exists or not; a role that isn't
 * listed is a 403, the platform's too: its owner manages tenants, and doesn't act as one.
 */
export function authorise(db: Database, endpoint: Endpoint): RequestHandler {
  if (endpoint.roles.length === 0) return (_req, _res, next) => next();
  return async (req, res, next) => {
    const { caller } = stateOf(res);
    if (!caller) {
      res.set('www-authenticate', 'Bearer realm="tillbridge"');
      const why = caller === null ? 'This needs an API key' : 'This API key is unknown, expired or revoked';
      throw new Problem('unauthenticated', why, { remedy: 'Send a valid key as: Authorization: Bearer tb_…' });
    }
    const tenant = req.params['tenant'];
    const isOthers = caller.tenant !== null && typeof tenant === 'string' && caller.tenant !== tenant;
    if (isOthers) throw tenantNotFound();
    if (!endpoint.roles.includes(caller.role)) {
      throw new Problem('forbidden', `A key with the role "${caller.role}" may not do this`, {
        remedy: `Use a key with the role ${endpoint.roles.join(' or ')}`,
      });
    }
    // A tenant's own key works only while the tenant is there.
    if (caller.tenant === null && typeof tenant === 'string' && !endpoint.tenantMayBeGone) {
      const isName = TenantParams.safeParse({ tenant }).success;
      const standing = isName ? await tenantStanding(db, tenant) : 'absent';
      if (standing === 'absent' && !endpoint.tenantMayBeNew) throw tenantNotFound();
      if (standing === 'removing' && endpoint.method !== 'get') throw tenantRemoving();
    }
    next();
  };
}

function tenantNotFound(): Problem {
  return new Problem('not-found', 'There is no such tenant for this key', { field: 'tenant' });
}

function tenantRemoving(): Problem {
  return new Problem('tenant-removing', 'This retailer is being removed', {
    field: 'tenant',
    remedy: 'Wait until GET …/removal says that it is removed; then the name is free again',
  });
}
