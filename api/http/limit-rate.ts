import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Problem } from '../../domain/problem.ts';
import { stateOf } from './request-state.ts';

/**
 * So many requests a minute per key; without a working key, per address. Counted in this process: behind a load balancer
 * the limit is per instance.
 */
export function limitRate(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: (req, res) => stateOf(res).caller?.keyId ?? ipKeyGenerator(req.ip ?? 'unknown'),
    handler: () => {
      throw new Problem('too-many-requests', `More than ${perMinute} requests in a minute`, {
        remedy: 'Wait as long as Retry-After says',
      });
    },
  });
}
