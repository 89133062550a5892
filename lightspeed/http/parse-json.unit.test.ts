import { describe, expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

const answer = (body: string) => ({ status: 200, headers: {}, body, retryAfterMs: null });

describe('an answer of the till', () => {
  test('loses the characters that no database stores, and no others', () => {
    const body = String.raw`{"a":"one\u0000two","b":["half \uD83D","whole \uD83D\uDE00","\\u0000"],"c":1}`;
    expect(parseJson(answer(body), 'GET Item')).toEqual({
      a: 'onetwo',
      b: ['half �', 'whole 😀', String.raw`\u0000`],
      c: 1,
    });
  });

  test('that is no JSON says what was asked for', () => {
    expect(() => parseJson(answer('{"Item":'), 'GET Item')).toThrow('GET Item: the answer (200) is no JSON');
    expect(() => parseJson(answer('<html>'), 'GET Item')).toThrow('is HTML');
  });
});
