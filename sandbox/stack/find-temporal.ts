import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FolderLock } from './lock-folder.ts';
import { FolderHeld, lockFolder } from './lock-folder.ts';
import { waitUntil } from './wait-until.ts';

const run = promisify(execFile);

/** The last release whose command line tool `go install` can build; later ones replace modules, which it refuses. */
const VERSION = '1.5.1';
const BUILD_WITHIN_MS = 30 * 60_000;

export type FindTemporalOptions = {
  /** The user's cache folder (XDG_CACHE_HOME); `~/.cache` unless given. */
  cacheHome?: string | undefined;
  log: (line: string) => void;
};

/**
 * The path of Temporal's command line tool, which brings the development server: the one on PATH, one that an earlier start
 * built, the one that Temporal's SDK has downloaded, or else one built now with Go.
 * @throws Error that names these ways, if none works.
 */
export async function findTemporal({ cacheHome, log }: FindTemporalOptions): Promise<string> {
  const cache = join(cacheHome || join(homedir(), '.cache'), 'tillbridge', `temporal-${VERSION}`);
  const built = join(cache, 'temporal');
  for (const candidate of ['temporal', built, ...sdkDownloads()]) {
    if (await isUsable(candidate)) return candidate;
  }
  if (!(await run('go', ['version']).catch(() => undefined))) throw notFound(cache);
  return build(cache, built, log);
}

async function isUsable(command: string): Promise<boolean> {
  const help = await run(command, ['server', 'start-dev', '--help']).catch(() => undefined);
  return help?.stdout.includes('--sqlite-pragma') ?? false;
}

/** What Temporal's SDK for TypeScript has downloaded: in the temporary folder, so only files that nobody else can change. */
function sdkDownloads(): string[] {
  const files = readdirSync(tmpdir())
    .filter((name) => /^temporal-sdk-typescript-[\d.]+(\.exe)?$/.test(name))
    .map((name) => join(tmpdir(), name));
  return files.filter((file) => {
    const { uid, mode } = statSync(file);
    return uid === process.getuid?.() && (mode & 0o022) === 0;
  });
}

async function build(cache: string, built: string, log: (line: string) => void): Promise<string> {
  const lock = await waitForLock(cache, log);
  try {
    if (await isUsable(built)) return built; // by the start that held the lock before us
    log(`Building the Temporal server with Go into ${cache}: about 3 minutes on two cores, this once.`);
    const draft = await mkdtemp(join(cache, 'build-'));
    try {
      // `env` sets these on top of our own environment, which we needn't know.
      await run('env', [
        `GOBIN=${draft}`,
        'CGO_ENABLED=0',
        'go',
        'install',
        `github.com/temporalio/cli/cmd/temporal@v${VERSION}`,
      ]);
      await chmod(join(draft, 'temporal'), 0o755);
      await rename(join(draft, 'temporal'), built);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return built;
  } catch (cause) {
    throw new Error(`The Temporal server could not be built with Go. ${waysOut(cache)}`, { cause });
  } finally {
    lock.release();
  }
}

async function waitForLock(cache: string, log: (line: string) => void): Promise<FolderLock> {
  mkdirSync(cache, { recursive: true });
  let hasSaidSo = false;
  const tryLock = () => {
    try {
      return lockFolder(cache);
    } catch (error) {
      if (!(error instanceof FolderHeld)) throw error;
      if (!hasSaidSo)
        log(`Process ${error.holderPid} is building the Temporal server; waiting for it (about 3 minutes).`);
      hasSaidSo = true;
      return undefined;
    }
  };
  const lock = await waitUntil(tryLock, { timeoutMs: BUILD_WITHIN_MS, intervalMs: 500 });
  if (!lock) throw new Error(`The Temporal server is still being built by another process. ${waysOut(cache)}`);
  return lock;
}

function notFound(cache: string): Error {
  return new Error(`No Temporal server was found. ${waysOut(cache)}`);
}

function waysOut(cache: string): string {
  return [
    'Any one of these helps:',
    '  1. install the "temporal" command so that it is on PATH (https://docs.temporal.io/cli);',
    `  2. put its binary at ${join(cache, 'temporal')};`,
    "  3. let Temporal's SDK download it (TestWorkflowEnvironment.createLocal() of @temporalio/testing);",
    '  4. install Go (https://go.dev/dl), with which the next start builds it.',
    'Or set TEMPORAL_ADDRESS to a running cluster.',
  ].join('\n');
}
