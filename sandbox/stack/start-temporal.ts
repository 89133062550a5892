import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { findTemporal } from './find-temporal.ts';
import { freePorts, isPortFree, requireFreePort } from './free-ports.ts';
import { lockFolder } from './lock-folder.ts';
import { readLogEnd } from './read-log-end.ts';
import { findTemporalServer, lastTemporalServer, recordTemporalServer, stopTemporal } from './temporal-orphan.ts';
import { isTemporalReady } from './temporal-ready.ts';
import { tieToParent } from './tie-to-parent.ts';
import { waitUntil } from './wait-until.ts';

const READY_WITHIN_MS = 60_000;

/** A Temporal development server of ours; `uiUrl` is absent when it runs without its web page. `stop` may be called twice. */
export type TemporalServer = { address: string; uiUrl?: string; pid: number; stop: () => Promise<void> };

export type SearchAttributeType = 'Keyword' | 'Text' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList';

export type StartTemporalOptions = {
  /** Where its log lies and, unless `isDisposable`, its database. */
  dataDir: string;
  /** For tests: workflows live in memory, and the server ends with this process, even by kill -9. */
  isDisposable?: boolean;
  /** A free one unless given; so for `uiPort`. */
  port?: number | undefined;
  uiPort?: number | undefined;
  isHeadless?: boolean;
  searchAttributes: Record<string, SearchAttributeType>;
  /** Made if it isn't "default", which there always is. */
  namespace?: string | undefined;
  cacheHome?: string | undefined;
  log: (line: string) => void;
};

/**
 * Starts Temporal's development server on 127.0.0.1. It runs in a process group of its own and outlives a killed parent;
 * the next start on that folder then goes on with it.
 * @throws FolderHeld if a living process has started it there; Error if a port is busy, or no server is found or starts.
 */
export async function startTemporal(options: StartTemporalOptions): Promise<TemporalServer> {
  const lock = lockFolder(options.dataDir);
  const folder = realpathSync(options.dataDir);
  try {
    const server = (await adoptOrphan(folder, options)) ?? (await startNew(folder, options));
    let stopping: Promise<void> | undefined;
    const stop = () => (stopping ??= server.stop().finally(() => lock.release()));
    return { ...server, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function adoptOrphan(folder: string, options: StartTemporalOptions): Promise<TemporalServer | undefined> {
  const orphan = findTemporalServer(folder);
  if (!orphan) return undefined;
  const { pid, port, uiPort } = orphan;
  const isAsAsked =
    (options.port ?? port) === port &&
    (options.isHeadless ? uiPort === undefined : (options.uiPort ?? uiPort) === uiPort);
  if (isAsAsked && (await isTemporalReady(address(port), options, 5_000))) {
    options.log(`Going on with the Temporal server that an earlier run left running (process ${pid}, port ${port}).`);
    return { ...describe(orphan), stop: () => stopTemporal(pid) };
  }
  options.log(`Stopping the Temporal server that an earlier run left running (process ${pid}).`);
  await stopTemporal(pid);
  return undefined;
}

async function startNew(folder: string, options: StartTemporalOptions): Promise<TemporalServer> {
  const command = await findTemporal(options);
  const { port, uiPort } = await choosePorts(folder, options);
  const logFile = join(folder, 'temporal.log');
  const logTo = openSync(logFile, 'a', 0o600);
  const child = spawn(command, flags(folder, port, uiPort, options), {
    detached: true,
    stdio: ['ignore', logTo, logTo],
  });
  closeSync(logTo);
  child.unref();
  const pid = child.pid;
  if (pid === undefined) return once(child, 'error').then(([error]) => Promise.reject(error as Error));
  const running = { pid, port, ...(uiPort === undefined ? {} : { uiPort }) };
  recordTemporalServer(folder, running);
  const untie = options.isDisposable ? tieToParent(pid, 'TERM') : () => {};
  if (!(await waitUntilReady(child, address(port), options))) {
    untie();
    await stopTemporal(pid);
    throw new Error(`Temporal did not start; the end of ${logFile}:\n${readLogEnd(logFile)}`);
  }
  const died = (code: number | null) => {
    untie();
    options.log(`Temporal (process ${pid}) ended unexpectedly (${code ?? 'killed'}); see ${logFile}.`);
  };
  child.once('exit', died);
  const stop = async () => {
    child.off('exit', died);
    await stopTemporal(pid);
    untie();
  };
  return { ...describe(running), stop };
}

function flags(folder: string, port: number, uiPort: number | undefined, options: StartTemporalOptions): string[] {
  const dynamicConfig = {
    // 20 polls a second by default, which adds 50 ms to every step of a workflow.
    'history.transferProcessorMaxPollRPS': '500',
    'history.timerProcessorMaxPollRPS': '500',
    'history.visibilityProcessorMaxPollRPS': '500',
    // A second by default, which a timer of 50 ms would take.
    'history.timerProcessorMaxTimeShift': '"10ms"',
  };
  // Without these two a database file halves the throughput; with them a kill -9 still loses nothing committed.
  const database = ['--db-filename', join(folder, 'temporal.db')].concat(
    ['journal_mode=WAL', 'synchronous=NORMAL'].flatMap((pragma) => ['--sqlite-pragma', pragma]),
  );
  const general = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'warn'];
  return [
    ...general,
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(options.isDisposable ? [] : database),
    ...(options.namespace ? ['--namespace', options.namespace] : []),
    ...Object.entries(dynamicConfig).flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${value}`]),
    ...Object.entries(options.searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ];
}

async function choosePorts(folder: string, options: StartTemporalOptions) {
  if (options.port !== undefined) await requireFreePort(options.port, 'Temporal', 'TEMPORAL_PORT');
  if (options.uiPort !== undefined) await requireFreePort(options.uiPort, "Temporal's web page", 'TEMPORAL_UI_PORT');
  // Those of last time if they are free, so that a reader's open page and a worker's connection come back by themselves.
  const last = lastTemporalServer(folder);
  const [free, freeUi] = await freePorts(2);
  const port = options.port ?? (last && (await isPortFree(last.port)) ? last.port : free!);
  if (options.isHeadless) return { port, uiPort: undefined };
  const lastUi = last?.uiPort !== undefined && (await isPortFree(last.uiPort)) ? last.uiPort : undefined;
  return { port, uiPort: options.uiPort ?? lastUi ?? freeUi! };
}

async function waitUntilReady(child: ChildProcess, at: string, options: StartTemporalOptions): Promise<boolean> {
  const outcome = await waitUntil(
    async () => {
      if (child.exitCode !== null || child.signalCode !== null) return 'ended';
      return (await isTemporalReady(at, options, 1_000)) ? 'ready' : undefined;
    },
    { timeoutMs: READY_WITHIN_MS, intervalMs: 50 },
  );
  return outcome === 'ready';
}

function describe({ pid, port, uiPort }: { pid: number; port: number; uiPort?: number | undefined }) {
  return { address: address(port), pid, ...(uiPort === undefined ? {} : { uiUrl: `http://127.0.0.1:${uiPort}` }) };
}

function address(port: number): string {
  return `127.0.0.1:${port}`;
}
