import type { ErrorRequestHandler, Response } from 'express';
import { Problem, problemStatus } from '../../domain/problem.ts';
import type { Logger } from '../../runtime/logger.ts';
import { problemOfOutage } from './problem-of-outage.ts';
import { problemOfTill } from './problem-of-till.ts';
import { stateOf } from './request-state.ts';

/**
 * Turns whatever was thrown into problem+json. What we didn't foresee is logged under the request's id, and the caller
 * gets that id and nothing else.
 * @see RFC 9457
 */
export function sendProblems(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const problem = toProblem(error);
    if (problemStatus[problem.code] >= 500) {
      log.error({ err: error, requestId: stateOf(res).requestId, method: req.method }, problem.code);
    }
    if (res.headersSent) res.destroy();
    else sendProblem(res, problem);
  };
}

function sendProblem(res: Response, problem: Problem): void {
  const status = problemStatus[problem.code];
  if (status === 503 && !res.get('retry-after')) res.set('retry-after', '5');
  res
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:tillbridge:problem:${problem.code}`,
        title: problem.code.replaceAll('-', ' '),
        status,
        code: problem.code,
        detail: problem.message,
        ...(problem.field === undefined ? {} : { field: problem.field }),
        ...(problem.errors === undefined ? {} : { errors: problem.errors }),
        ...(problem.remedy === undefined ? {} : { remedy: problem.remedy }),
        requestId: stateOf(res).requestId,
      }),
    );
}

function toProblem(error: unknown): Problem {
  if (Problem.is(error)) return error;
  const foreseen = problemOfTill(error) ?? problemOfParser(error) ?? problemOfOutage(error);
  return foreseen ?? new Problem('internal', 'Something went wrong on our side');
}

/** What Express and its body parser refuse: their errors carry a `type` and a `status`. */
function problemOfParser(error: unknown): Problem | null {
  if (!(error instanceof Error)) return null;
  const { type, status } = error as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large') return new Problem('body-too-large', 'The body is larger than 5 MB');
  if (type === 'entity.parse.failed') return new Problem('malformed-json', 'The body is not valid JSON');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new Problem('unsupported-media-type', 'The body must be UTF-8 JSON, plain or gzip');
  }
  return typeof status === 'number' && status >= 400 && status < 500
    ? new Problem('bad-request', 'The request can’t be read')
    : null;
}
