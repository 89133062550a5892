import { LightspeedError } from '../lightspeed-error.ts';
import type { HttpAnswer } from './http-answer.ts';

/** A NUL, or half of a pair that is one character, may be escaped in here. */
const suspicious = /\\u(?:0000|d[89a-f])/i;

/**
 * The body as JSON, whatever its content type says: the vendor sends JSON errors as `text/html`. What no database stores
 * as text goes: NUL characters, and halves of characters, so that one odd description can't stop a whole sync.
 * @throws LightspeedError `malformed`, naming what was asked for and never the content.
 */
export function parseJson(answer: HttpAnswer, asked: string): unknown {
  try {
    return suspicious.test(answer.body) ? JSON.parse(answer.body, storable) : JSON.parse(answer.body);
  } catch {
    const looks = answer.body.trimStart().startsWith('<') ? 'HTML' : 'no JSON';
    throw new LightspeedError('malformed', `${asked}: the answer (${answer.status}) is ${looks}`, {
      status: answer.status,
    });
  }
}

function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;
}
