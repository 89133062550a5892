import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from '../../runtime/logger.ts';
import type { Metrics } from '../../runtime/metrics.ts';
import { stateOf } from './request-state.ts';

const acceptable = /^[A-Za-z0-9._-]{8,64}$/;

/**
 * Names the request (the caller's `x-request-id`, or one of ours), sets the headers that every answer carries, and
 * measures it by route template, so that no id becomes a label.
 */
export function startRequest(log: Logger, metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const given = req.get('x-request-id');
    const requestId = given !== undefined && acceptable.test(given) ? given : randomUUID();
    stateOf(res).requestId = requestId;
    res.set({
      'x-request-id': requestId,
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    const begun = performance.now();
    res.once('close', () => {
      const route = (req.route as { path?: string } | undefined)?.path ?? 'none';
      const ms = performance.now() - begun;
      metrics.requestSeconds.observe({ method: req.method, route, status: String(res.statusCode) }, ms / 1000);
      const { caller } = stateOf(res);
      log.debug({ requestId, method: req.method, route, status: res.statusCode, ms, keyId: caller?.keyId }, 'answered');
    });
    next();
  };
}
