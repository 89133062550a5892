import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The system user that PostgreSQL runs as, since it refuses to run as root. */
export type PostgresUser = { uid: number; gid: number };

/**
 * The user and group `postgres`, made if this system has none; undefined when we aren't root, who alone needs it.
 * @throws Error with what to do, when they can't be made.
 */
export async function postgresUser(): Promise<PostgresUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await lookUp().catch(() => undefined);
  if (known) return known;
  try {
    await run('groupadd', ['--force', '--system', 'postgres']);
    await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
    return await lookUp();
  } catch (cause) {
    throw new Error(
      'PostgreSQL refuses to run as root, and no user "postgres" could be made. Run as an ordinary user, or set DATABASE_URL.',
      { cause },
    );
  }
}

/**
 * The command line that runs `command` on `folder` as `user`; unchanged without one.
 * @throws Error with what to do, if that user can't be let into the folder.
 */
export async function commandAs(user: PostgresUser | undefined, command: string, args: string[], folder: string) {
  if (!user) return { command, args, identity: {} };
  if (await canReach(user, command, folder)) return { command, args, identity: user };
  if (!(await run('setpriv', ['--version']).catch(() => undefined))) {
    throw new Error(
      `PostgreSQL runs as the user "postgres", who may not enter ${folder}. Use a folder that all may enter, run as an ordinary user, or set DATABASE_URL.`,
    );
  }
  // Below a home that only root may enter (/root is 0700): keep root's right to pass through folders, drop all else.
  const drop = ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'];
  const keep = ['--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'];
  return { command: 'setpriv', args: [...drop, ...keep, command, ...args], identity: {} };
}

async function lookUp(): Promise<PostgresUser> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
  );
  return { uid: uid!, gid: gid! };
}

async function canReach(user: PostgresUser, command: string, folder: string): Promise<boolean> {
  const check = 'test -x "$1" && test -d "$2" && test -x "$2"';
  return run('sh', ['-c', check, 'sh', command, folder], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );
}
