import type { Express, Request, RequestHandler, Response } from 'express';
import express from 'express';
import { Problem } from '../../domain/problem.ts';
import type { ApiParts } from './api-parts.ts';
import { authenticate } from './authenticate.ts';
import { authorise } from './authorise.ts';
import type { Endpoint, HandlerInput } from './endpoint.ts';
import { limitRate } from './limit-rate.ts';
import { mountDocs } from './mount-docs.ts';
import { parseInput, strict } from './parse-input.ts';
import { readBody } from './read-body.ts';
import { readIdempotencyKey, readIfMatch } from './read-headers.ts';
import { stateOf } from './request-state.ts';
import { sendOutput } from './send-output.ts';
import { sendProblems } from './send-problem.ts';
import { startRequest } from './start-request.ts';

/** Health must answer while a caller is being limited. */
const unlimited = new Set(['/healthz', '/readyz']);

/**
 * The list of endpoints as an Express app. Per request: name it, find its route, find its key, count it, let it in or
 * not, and only then read and check what it brings.
 */
export function createApp(endpoints: readonly Endpoint[], parts: ApiParts): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing');
  app.use(startRequest(parts.log, parts.metrics));
  mountDocs(app, endpoints, parts.config.PUBLIC_URL);
  const identify = authenticate(parts.db);
  const limit = limitRate(parts.config.API_RATE_LIMIT_PER_MINUTE);
  const sorted = endpoints.toSorted((a, b) => (sortKey(a.path) < sortKey(b.path) ? -1 : 1));
  for (const endpoint of sorted) {
    app[endpoint.method](
      endpoint.path,
      ...(unlimited.has(endpoint.path) ? [] : [identify, limit]),
      authorise(parts.db, endpoint),
      ...(endpoint.body ? readBody() : []),
      answer(endpoint, parts),
    );
  }
  for (const path of new Set(sorted.map((endpoint) => endpoint.path))) app.all(path, refuseMethod(path, sorted));
  app.use(() => {
    throw new Problem('not-found', 'There is nothing at this address', { remedy: 'See /docs' });
  });
  app.use(sendProblems(parts.log));
  return app;
}

/** Fixed segments before named ones: `/mappings/report.csv` must not be taken for `/mappings/:mapping`. */
function sortKey(path: string): string {
  return path.replaceAll('/:', '/~');
}

function answer(endpoint: Endpoint, parts: ApiParts): RequestHandler {
  const query = strict(endpoint.query);
  return async (req: Request, res: Response) => {
    const input: HandlerInput<unknown, unknown, unknown> = {
      params: endpoint.params ? parseInput(endpoint.params, req.params, '') : {},
      query: parseInput(query, req.query, 'query'),
      body: endpoint.body ? parseInput(endpoint.body, req.body, '') : undefined,
      caller: stateOf(res).caller ?? null,
      idempotencyKey: readIdempotencyKey(req),
      ifMatch: readIfMatch(req),
      wantsHtml: req.accepts(['json', 'html']) === 'html',
    };
    await sendOutput(res, endpoint, await endpoint.handle(input as HandlerInput<never, never, never>, parts));
  };
}

function refuseMethod(path: string, endpoints: readonly Endpoint[]): RequestHandler {
  const allowed = endpoints.filter((endpoint) => endpoint.path === path).map((one) => one.method.toUpperCase());
  return (_req, res) => {
    res.set('allow', allowed.join(', '));
    throw new Problem('method-not-allowed', `Only ${allowed.join(', ')} here`);
  };
}
