import { errorBody } from '../wire/refusal.ts';
import type { WireObject } from '../wire/wire-json.ts';
import { wireText } from '../wire/wire-json.ts';

/** What will be sent: a wire object, or text of some other kind. */
export type Answer = {
  status: number;
  headers: Record<string, string>;
  value?: WireObject;
  text?: string;
  cost?: number;
  account?: number;
};

export function jsonAnswer(status: number, value: WireObject, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, value };
}

/** An error with its recorded quirk: a JSON body that is called text/html, except for 401. */
export function errorAnswer(
  status: number,
  message: string,
  errorClass = 'Exception',
  headers: Record<string, string> = {},
): Answer {
  const type = status === 401 ? 'application/json' : 'text/html; charset=UTF-8';
  return { status, headers: { 'content-type': type, ...headers }, value: errorBody(status, message, errorClass) };
}

/** Plain JSON with real types, for what is not the till: OAuth and the control plane. */
export function plainAnswer(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, text: JSON.stringify(value) };
}

/** The body as it goes out. */
export function answerText(answer: Answer): string {
  return answer.text ?? (answer.value ? wireText(answer.value) : '');
}
