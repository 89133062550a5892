import type { Response } from 'express';
import type { Caller } from './endpoint.ts';

/** What the middlewares leave for those after them. */
export interface RequestState {
  requestId: string;
  /** Null: no key was sent. Undefined: a key was sent that doesn't work. */
  caller: Caller | null | undefined;
}

export function stateOf(res: Response): RequestState {
  return res.locals as RequestState;
}
