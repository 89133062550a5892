import type { RequestHandler } from 'express';
import type { Database } from '../../db/database.ts';
import { tenantExists } from '../../db/tenants/tenant-exists.ts';
import { Problem } from '../../domain/problem.ts';
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
    const mustExist = caller.tenant === null && typeof tenant === 'string' && !endpoint.tenantMayBeNew;
    if (mustExist && !(await tenantExists(db, tenant))) throw tenantNotFound();
    next();
  };
}

function tenantNotFound(): Problem {
  return new Problem('not-found', 'There is no such tenant for this key', { field: 'tenant' });
}
