import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, realpathSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { freePort, requireFreePort } from './free-ports.ts';
import { clusterIn, initPostgres, readPassword } from './init-postgres.ts';
import { lockFolder } from './lock-folder.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { clearAfterKill, findPostgres, stopPostgres } from './postgres-orphan.ts';
import type { PostgresUser } from './postgres-user.ts';
import { commandAs, postgresUser } from './postgres-user.ts';
import { readLogEnd } from './read-log-end.ts';
import { tieToParent } from './tie-to-parent.ts';
import { waitUntil } from './wait-until.ts';

const READY_WITHIN_MS = 60_000;

/** A PostgreSQL of ours. `url` names its maintenance database and holds the password. `stop` may be called twice. */
export type PostgresServer = { url: string; port: number; pid: number; stop: () => Promise<void> };

export type StartPostgresOptions = {
  dataDir: string;
  /** A free one unless given. */
  port?: number | undefined;
  /** For tests: nothing is flushed to disk, so a crash may lose it; and the server ends with this process, even by kill -9. */
  isDisposable?: boolean;
  log: (line: string) => void;
};

/**
 * Starts PostgreSQL on 127.0.0.1 on the data in `dataDir`, which it makes if needed. The server runs in a process group of
 * its own and outlives a killed parent; the next start then goes on with it.
 * @throws FolderHeld if a living process has started it there; Error if the port is busy or the server won't start.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<PostgresServer> {
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

async function adoptOrphan(folder: string, { port, log }: StartPostgresOptions): Promise<PostgresServer | undefined> {
  const orphan = await findPostgres(folder);
  if (!orphan) return undefined;
  const url = address(orphan.port, await readPassword(folder).catch(() => ''));
  const isFit = (port === undefined || port === orphan.port) && (await waitUntilAnswering(url, 5_000));
  if (isFit) {
    log(`Going on with the PostgreSQL that an earlier run left running (process ${orphan.pid}, port ${orphan.port}).`);
    return { url, ...orphan, stop: () => stopPostgres(orphan.pid) };
  }
  log(`Stopping the PostgreSQL that an earlier run left running (process ${orphan.pid}).`);
  await stopPostgres(orphan.pid);
  return undefined;
}

async function startNew(folder: string, options: StartPostgresOptions): Promise<PostgresServer> {
  const { isDisposable = false, log } = options;
  if (options.port !== undefined) await requireFreePort(options.port, 'PostgreSQL', 'POSTGRES_PORT');
  const [binaries, user] = await Promise.all([postgresBinaries(), postgresUser()]);
  if (user) await chown(folder, user.uid, user.gid);
  const isNew = !existsSync(clusterIn(folder));
  const password = isNew ? await initPostgres(folder, { binaries, user, isDisposable }) : await readPassword(folder);
  await clearAfterKill(folder);
  const port = options.port ?? (await freePort());
  const logFile = join(folder, 'postgres.log');
  const child = await spawnServer({ folder, port, binaries, user, isDisposable, logFile });
  const pid = child.pid!;
  const untie = isDisposable ? tieToParent(pid, 'INT') : () => {};
  const url = address(port, password);
  if (!(await waitUntilAnswering(url, READY_WITHIN_MS, child))) {
    untie();
    await stopPostgres(pid);
    throw new Error(`PostgreSQL did not start; the end of ${logFile}:\n${readLogEnd(logFile)}`);
  }
  const died = (code: number | null) => {
    untie();
    log(`PostgreSQL (process ${pid}) ended unexpectedly (${code ?? 'killed'}); see ${logFile}.`);
  };
  child.once('exit', died);
  const stop = async () => {
    child.off('exit', died);
    await stopPostgres(pid);
    untie();
  };
  return { url, port, pid, stop };
}

async function spawnServer(server: {
  folder: string;
  port: number;
  binaries: PostgresBinaries;
  user: PostgresUser | undefined;
  isDisposable: boolean;
  logFile: string;
}): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: server.port,
    cluster_name: 'tillbridge',
    max_connections: 200,
    shared_buffers: '256MB',
    max_wal_senders: 0,
    wal_level: 'minimal',
    jit: 'off', // compiling costs more than our queries take
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(server.isDisposable ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { command, args, identity } = await commandAs(
    server.user,
    server.binaries.postgres,
    ['-D', clusterIn(server.folder), ...flags],
    server.folder,
  );
  const logTo = openSync(server.logFile, 'a', 0o600);
  const child = spawn(command, args, {
    ...identity,
    cwd: server.folder,
    detached: true,
    stdio: ['ignore', logTo, logTo],
  });
  closeSync(logTo);
  child.unref();
  if (child.pid === undefined)
    throw new Error(`PostgreSQL can't be run: ${command}`, { cause: (await once(child, 'error'))[0] });
  return child;
}

async function waitUntilAnswering(url: string, timeoutMs: number, child?: ChildProcess): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const answer = await waitUntil(
      () =>
        child?.exitCode != null || child?.signalCode != null
          ? 'ended'
          : sql`select 1`.then(
              () => 'answers',
              () => undefined,
            ),
      { timeoutMs },
    );
    return answer === 'answers';
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function address(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}
