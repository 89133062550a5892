import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlCall, isControlPath } from '../control/control-call.ts';
import { runEdits } from '../control/run-edits.ts';
import type { Outcome } from '../faults/apply-faults.ts';
import { applyFaults } from '../faults/apply-faults.ts';
import type { Fault } from '../faults/fault.ts';
import { isOAuthPath, oauthCall } from '../oauth/oauth-call.ts';
import type { GrantRow } from '../oauth/oauth-tables.ts';
import { requestFields } from '../oauth/request-fields.ts';
import { signInOf } from '../oauth/sign-in-of.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Answer } from './answer.ts';
import { errorAnswer } from './answer.ts';
import type { Incoming } from './incoming.ts';
import { readIncoming } from './incoming.ts';
import { sendAnswer } from './send-answer.ts';
import { tillCall } from './till-call.ts';

/** The listening server; `stop` ends open connections and drops commits that were to come later. */
export type SandboxServer = { origin: string; stop: () => Promise<void> };

/** Serves till, authorization server and control plane on 127.0.0.1. @throws Error that names a busy port */
export async function startServer(world: World, port: number): Promise<SandboxServer> {
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    void serve(world, timers, request, response);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      fail(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is busy: choose another by --port, or 0 for any.`)
          : error,
      );
    });
    server.listen(port, '127.0.0.1', done);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world.origin = origin;
  const stop = async (): Promise<void> => {
    for (const timer of timers) clearTimeout(timer);
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeAllConnections();
    await closed;
  };
  return { origin, stop };
}

async function serve(
  world: World,
  timers: Set<NodeJS.Timeout>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedAt = performance.now();
  let faults: Fault[] = [];
  let incoming: Incoming | undefined;
  let signIn: GrantRow | undefined;
  let outcome: Outcome;
  try {
    incoming = await readIncoming(request, world.origin);
    const whole = incoming;
    if (isControlPath(whole.url.pathname)) outcome = { kind: 'answer', answer: controlCall(world, whole) };
    else {
      signIn = signInOf(world.oauth, whole);
      faults = world.faults.hit({ ...whole, account: signIn?.accountID });
      outcome = await applyFaults(faults, {
        address: whole.url.toString(),
        run: () => route(world, whole),
        runLater: (afterMs) => runLater(world, timers, whole, afterMs),
        edit: (edits) => runEdits(world, whole.url.pathname, edits),
      });
    }
  } catch (error) {
    if (response.destroyed) return; // the caller went away before the request was whole
    outcome = { kind: 'answer', answer: failureAnswer(error) };
  }
  if (incoming && !isControlPath(incoming.url.pathname)) note(world, { incoming, signIn, outcome, faults, startedAt });
  if (outcome.kind === 'reset') request.socket.resetAndDestroy();
  else await sendAnswer(response, outcome.answer, request.headers);
}

function route(world: World, incoming: Incoming): Answer {
  const path = incoming.url.pathname;
  if (path.startsWith('/API/')) return tillCall(world, incoming);
  if (isOAuthPath(path)) return oauthCall(world, incoming);
  return errorAnswer(404, `There is nothing at ${path}.`);
}

function runLater(world: World, timers: Set<NodeJS.Timeout>, incoming: Incoming, afterMs: number): void {
  const timer = setTimeout(() => {
    timers.delete(timer);
    try {
      route(world, incoming);
    } catch (error) {
      failureAnswer(error);
    }
  }, afterMs);
  timers.add(timer);
}

function failureAnswer(error: unknown): Answer {
  if (error instanceof Refusal) return errorAnswer(error.status, error.message, error.errorClass);
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`); // a mistake of the sandbox's own
  return errorAnswer(500, 'An error occurred. Please try again later.');
}

/** OAuth's query holds codes and states: only its path is kept. */
function note(
  world: World,
  served: {
    incoming: Incoming;
    signIn: GrantRow | undefined;
    outcome: Outcome;
    faults: readonly Fault[];
    startedAt: number;
  },
): void {
  const { incoming, signIn, outcome, faults, startedAt } = served;
  const { method, url } = incoming;
  const answer = outcome.kind === 'answer' ? outcome.answer : undefined;
  world.log.add({
    at: new Date(world.clock.nowMs()).toISOString(),
    method,
    path: url.pathname.startsWith('/API/') ? url.pathname + url.search : url.pathname,
    account: answer?.account,
    signIn: signIn?.grantID,
    grantType: url.pathname === '/auth/oauth/token' ? requestFields(incoming)['grant_type'] : undefined,
    status: answer?.status ?? 0,
    cost: answer?.cost,
    fault: faults.length > 0 ? faults.map((fault) => fault.kind).join('+') : undefined,
    ms: Math.round((performance.now() - startedAt) * 10) / 10,
  });
}
