import { LightspeedError } from '../lightspeed-error.ts';
import type { HttpAnswer } from './http-answer.ts';

/**
 * The body as JSON, whatever its content type says: the vendor sends JSON errors as `text/html`.
 * @throws LightspeedError `malformed`, naming what was asked for and never the content.
 */
export function parseJson(answer: HttpAnswer, asked: string): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    const looks = answer.body.trimStart().startsWith('<') ? 'HTML' : 'no JSON';
    throw new LightspeedError('malformed', `${asked}: the answer (${answer.status}) is ${looks}`, {
      status: answer.status,
    });
  }
}
