import type { Answer } from '../http/answer.ts';
import { answerText } from '../http/answer.ts';
import type { WireObject, WireValue } from '../wire/wire-json.ts';
import type { Fault } from './fault.ts';

let lastNext = new WeakMap<object, string>();

/** A good answer made bad in its body; one that is no list or object of rows stays as it is. */
export function bendAnswer(fault: Fault, answer: Answer): Answer {
  if (fault.kind === 'truncated-json') {
    const text = answerText(answer);
    return { ...without(answer), text: text.slice(0, Math.floor(text.length * 0.6)) };
  }
  const { value } = answer;
  return value ? { ...answer, value: bendValue(fault, value) } : answer;
}

