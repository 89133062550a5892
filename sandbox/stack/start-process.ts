import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { requireFreePort } from './free-ports.ts';
import { parseJson } from './parse-json.ts';
import { recordProcess, stopRecorded } from './process-record.ts';
import { readLogEnd } from './read-log-end.ts';
import { stopProcess } from './stop-process.ts';
import { waitUntil } from './wait-until.ts';

/** A process of ours. `facts` is the line of JSON it announced itself with; `stop` may be called twice. */
export type StartedProcess = {
  pid: number;
  facts: Record<string, unknown>;
  /** Settles when the process has ended, in whatever way. */
  ended: Promise<void>;
  stop: () => Promise<void>;
};

export type StartProcessOptions = {
  /** For messages: "the API". */
  name: string;
  script: string;
  args?: string[];
  /** All of its environment: nothing is inherited. */
  env: Readonly<Record<string, string | undefined>>;
  /** Its standard output and error go here. */
  logFile: string;
  /** Ready when it prints `{"ready":true,…}`, or once this address answers with a 2xx, if given. */
  readyUrl?: string;
  readyWithinMs?: number;
  /** The port it will listen on, and the setting that chooses it: checked first, for a clear error. */
  port?: { port: number; setting: string };
  /** How long it may take to stop before it is killed. */
  graceMs?: number;
  log: (line: string) => void;
};

const Announcement = z.looseObject({ ready: z.literal(true) });

/**
 * Runs one of our programs with this Node, in a process group of its own, so that Ctrl-C at the terminal reaches only us.
 * With STOP_WITH_PARENT=1 in its environment and a pipe as its input it can tell that we are gone, even by kill -9.
 * Its output goes straight to the file, not through us, so that it can still log while it stops after us.
 * One that a killed start has left behind with this log is stopped first.
 * @throws Error if the port is busy; Error with the end of its log, if it ends or isn't ready in time.
 */
export async function startProcess(options: StartProcessOptions): Promise<StartedProcess> {
  const { name, script, args = [], logFile, readyWithinMs = 60_000, graceMs = 10_000, log } = options;
  mkdirSync(dirname(logFile), { recursive: true });
  await stopRecorded(logFile, graceMs);
  if (options.port) await requireFreePort(options.port.port, name, options.port.setting);
  const logTo = openSync(logFile, 'a', 0o600);
  const logStart = statSync(logFile).size;
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...options.env, STOP_WITH_PARENT: '1' },
    detached: true,
    stdio: ['pipe', logTo, logTo],
  });
  closeSync(logTo);
  child.stdin?.on('error', () => {}); // it closed its input: fine
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve());
  });
  let isWanted = true;
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${name} can't be started: ${script}`);
  recordProcess(logFile, pid);
  const stop = async () => {
    isWanted = false;
    await stopProcess(pid, [
      { signal: 'SIGTERM', waitMs: graceMs },
      { signal: 'SIGKILL', waitMs: 5_000 },
    ]);
  };

  const facts = await waitUntil(async () => (hasEnded(child) ? ('ended' as const) : readiness(options, logStart)), {
    timeoutMs: readyWithinMs,
  });
  if (facts === undefined || facts === 'ended') {
    await stop();
    const why = facts === 'ended' ? 'ended while starting' : `was not ready within ${readyWithinMs / 1_000} s`;
    throw new Error(`${name} ${why}; the end of ${logFile}:\n${readLogEnd(logFile)}`);
  }
  void ended.then(() => {
    if (isWanted)
      log(`${name} (process ${pid}) ended unexpectedly (${child.exitCode ?? child.signalCode}); see ${logFile}.`);
  });
  return { pid, facts, ended, stop };
}

async function readiness({ readyUrl, logFile }: StartProcessOptions, from: number) {
  if (!readyUrl) return readAnnouncement(logFile, from);
  const isReady = await fetch(readyUrl, { signal: AbortSignal.timeout(2_000) }).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.ok;
    },
    () => false,
  );
  return isReady ? {} : undefined;
}

function readAnnouncement(logFile: string, from: number): Record<string, unknown> | undefined {
  const text = readFrom(logFile, from);
  const complete = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return complete.map((line) => parseJson(line, Announcement)).find((found) => found !== undefined);
}

function readFrom(file: string, from: number): string {
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(statSync(file).size - from);
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, buffer.length, from));
  } finally {
    closeSync(handle);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
