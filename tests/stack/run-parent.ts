import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findPostgres, stopPostgres } from '../../sandbox/stack/postgres-orphan.ts';
import { resetDataFolder } from '../../sandbox/stack/reset-data-folder.ts';
import { findTemporalServer, stopTemporal } from '../../sandbox/stack/temporal-orphan.ts';

/** A parent process that started something; `told` is what it said of it. */
export type Parent = { pid: number; told: Record<string, string & number>; kill: () => Promise<void> };

/** Runs `hold-server.ts` and waits until it has started what is asked for. */
export async function runParent(what: string, dataDir: string): Promise<Parent> {
  const script = new URL('hold-server.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, what, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  const [line] = (await Promise.race([once(child.stdout, 'data'), exited])) as [Buffer | number];
  return { pid: child.pid!, told: JSON.parse(String(line)) as Parent['told'], kill };
}

/** A folder for one test; at its end, what still runs there is stopped and all is deleted. */
export async function testFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tillbridge-stack-')));
  onTestFinished(async () => {
    const [postgres, temporal] = [await findPostgres(folder), findTemporalServer(folder)];
    if (postgres) await stopPostgres(postgres.pid);
    if (temporal) await stopTemporal(temporal.pid);
    await resetDataFolder(folder);
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}
