import type { RequestHandler } from 'express';
import type { Database } from '../../db/database.ts';
import { findKey } from '../../db/tenants/find-key.ts';
import { stateOf } from './request-state.ts';

/** Looks up who calls. It refuses nobody: whether a key is needed is the route's matter, and refusals count for the rate limit. */
export function authenticate(db: Database): RequestHandler {
  return async (req, res, next) => {
    const header = req.get('authorization');
    if (header === undefined) stateOf(res).caller = null;
    else {
      const key = /^Bearer ([\x21-\x7e]{16,256})$/i.exec(header)?.[1];
      stateOf(res).caller = key === undefined ? undefined : ((await findKey(db, key)) ?? undefined);
    }
    next();
  };
}
