import type { RequestHandler } from 'express';
import { json } from 'express';
import { Problem } from '../../domain/problem.ts';

const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** Reads a JSON body; an absent one is undefined. @throws Problem `unsupported-media-type`; body-parser's own errors. */
export function readBody(): RequestHandler[] {
  const parse = json({ limit: MAX_BODY_BYTES, strict: false, type: () => true });
  return [
    (req, _res, next) => {
      const isEmpty = req.get('transfer-encoding') === undefined && Number(req.get('content-length') ?? 0) === 0;
      if (!isEmpty && !req.is(['json', '+json'])) {
        throw new Problem('unsupported-media-type', 'The body must be JSON', {
          remedy: 'Send Content-Type: application/json',
        });
      }
      next();
    },
    parse,
  ];
}
