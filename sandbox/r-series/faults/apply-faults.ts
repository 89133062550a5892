import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../http/answer.ts';
import { errorAnswer } from '../http/answer.ts';
import { bendAnswer } from './bend-answer.ts';
import type { Fault } from './fault.ts';

/** What becomes of a request: an answer, or a connection that breaks. */
export type Outcome = { kind: 'answer'; answer: Answer } | { kind: 'reset' };

/** What a faulty request needs of the sandbox. */
export type FaultyCall = {
  /** The request's own absolute address. */
  address: string;
  /** Runs the call and commits. */
  run(): Answer;
  /** Runs it later, unless the sandbox has stopped by then. */
  runLater(afterMs: number): void;
  edit(edits: (Fault & { kind: 'edit' })['edits']): void;
};

/**
 * Runs a call with the faults that hit it: the first of those before the commit keeps it from running (the others then
 * have nothing to spoil: a request is carried out once at most), those after it spoil the answer.
 */
export async function applyFaults(faults: readonly Fault[], call: FaultyCall): Promise<Outcome> {
  for (const fault of faults) if (fault.kind === 'latency') await delay(fault.ms);
  for (const fault of faults) {
    const outcome = beforeCommit(fault, call);
    if (outcome) return outcome;
  }
  return faults.reduce<Outcome>((outcome, fault) => afterCommit(fault, outcome, call), {
    kind: 'answer',
    answer: call.run(),
  });
}

function beforeCommit(fault: Fault, call: FaultyCall): Outcome | undefined {
  if (fault.kind === 'rate-limit') {
    const headers = { 'x-ls-api-ratelimit-type': 'api-leaky-bucket', 'retry-after': String(fault.retryAfterSeconds) };
    return { kind: 'answer', answer: errorAnswer(429, 'Rate Limit Exceeded', 'RateLimitException', headers) };
  }
  if (fault.kind === 'late-commit') {
    call.runLater(fault.commitAfterMs);
    return { kind: 'answer', answer: errorAnswer(fault.status, 'Gateway timeout. Please try again later.') };
  }
  return 'when' in fault && fault.when === 'before-commit' ? spoiled(fault) : undefined;
}

function afterCommit(fault: Fault, outcome: Outcome, call: FaultyCall): Outcome {
  if (outcome.kind === 'reset') return outcome;
  switch (fault.kind) {
    case 'status':
    case 'html':
    case 'reset':
      return spoiled(fault);
    case 'edit':
      call.edit(fault.edits);
      return outcome;
    case 'latency':
    case 'rate-limit':
    case 'late-commit':
      return outcome; // had its say before
    case 'truncated-json':
    case 'empty-page':
    case 'repeated-cursor':
    case 'foreign-next':
    case 'missing-field':
    case 'missing-stock-row':
    case 'huge-item':
      return { kind: 'answer', answer: bendAnswer(fault, outcome.answer, call.address) };
  }
}

function spoiled(fault: Extract<Fault, { when: string }>): Outcome {
  switch (fault.kind) {
    case 'reset':
      return { kind: 'reset' };
    case 'html':
      return { kind: 'answer', answer: htmlAnswer(fault.status) };
    case 'status':
      return { kind: 'answer', answer: errorAnswer(fault.status, 'An error occurred. Please try again later.') };
  }
}

function htmlAnswer(status: number): Answer {
  const text = `<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>gateway</body></html>`;
  return { status, headers: { 'content-type': 'text/html' }, text };
}
