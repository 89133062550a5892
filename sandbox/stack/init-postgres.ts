import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { PostgresUser } from './postgres-user.ts';
import { commandAs } from './postgres-user.ts';

const run = promisify(execFile);

/** Makes the cluster in `folder/cluster`, with a random password, and returns that password. Safe to break off at any moment. */
export async function initPostgres(
  folder: string,
  {
    binaries,
    user,
    isDisposable,
  }: { binaries: PostgresBinaries; user: PostgresUser | undefined; isDisposable: boolean },
): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  const passwordFile = passwordFileIn(folder);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  // Built aside and renamed, so that a start killed half-way leaves no half cluster.
  const draft = join(folder, 'cluster.new');
  await rm(draft, { recursive: true, force: true });
  const { command, args, identity } = await commandAs(
    user,
    binaries.initdb,
    [
      `--pgdata=${draft}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      // The same order of texts on every machine, whatever its locales.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(isDisposable ? ['--no-sync'] : []),
    ],
    folder,
  );
  await run(command, args, { ...identity, cwd: folder });
  await rename(draft, clusterIn(folder));
  return password;
}

/** Where the cluster's files lie. */
export function clusterIn(folder: string): string {
  return join(folder, 'cluster');
}

/** The password of the cluster in this folder. */
export async function readPassword(folder: string): Promise<string> {
  return (await readFile(passwordFileIn(folder), 'utf8')).trim();
}

function passwordFileIn(folder: string): string {
  return join(folder, 'password');
}
