import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { findTemporal } from '../../sandbox/stack/find-temporal.ts';
import { testFolder } from './run-parent.ts';

afterEach(() => void vi.unstubAllEnvs());

const TEMPORAL = '#!/bin/sh\necho "  --sqlite-pragma"\n';

/** A machine that has only `env` and a shell on its PATH, an empty temporary folder and an empty cache. */
async function bareMachine() {
  const folder = await testFolder();
  const [bin, cacheHome, temporary] = [join(folder, 'bin'), join(folder, 'cache'), join(folder, 'tmp')];
  await Promise.all([bin, cacheHome, temporary].map((path) => mkdir(path)));
  await Promise.all(['env', 'sh', 'sleep', 'cp', 'chmod'].map((name) => symlink(`/bin/${name}`, join(bin, name))));
  vi.stubEnv('PATH', bin);
  vi.stubEnv('TMPDIR', temporary);
  return { folder, bin, cacheHome, temporary };
}

async function program(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await chmod(path, 0o755);
}

test('one on PATH comes first', async () => {
  const { bin, cacheHome } = await bareMachine();
  await program(join(bin, 'temporal'), TEMPORAL);
  expect(await findTemporal({ cacheHome, log: () => {} })).toBe('temporal');
});

test('a download of the SDK is used unless others could have changed it', async () => {
  const { temporary, cacheHome } = await bareMachine();
  const download = join(temporary, 'temporal-sdk-typescript-1.24.0');
  await program(download, TEMPORAL);
  expect(await findTemporal({ cacheHome, log: () => {} })).toBe(download);
  await chmod(download, 0o777);
  await expect(findTemporal({ cacheHome, log: () => {} })).rejects.toThrow('No Temporal server was found');
});

test('two starts at once build it once, and both use it', async () => {
  const { folder, bin, cacheHome } = await bareMachine();
  await program(join(folder, 'made'), TEMPORAL);
  const count = join(folder, 'count');
  const install = `echo "$*" >> ${count}; sleep 0.3; cp ${folder}/made "$GOBIN/temporal"`;
  await program(join(bin, 'go'), `#!/bin/sh\nif [ "$1" = install ]; then ${install}; fi\n`);
  const said: string[] = [];
  const found = await Promise.all([1, 2].map(() => findTemporal({ cacheHome, log: (line) => said.push(line) })));
  const built = join(cacheHome, 'tillbridge', 'temporal-1.5.1', 'temporal');
  expect(found).toEqual([built, built]);
  expect(await readFile(count, 'utf8')).toBe('install github.com/temporalio/cli/cmd/temporal@v1.5.1\n');
  expect(said).toEqual([expect.stringMatching(/about 3 minutes.*once/), expect.stringMatching(/waiting for it/)]);
});

test('with none of the four ways, the error names them all', async () => {
  const { cacheHome } = await bareMachine();
  const refusal = findTemporal({ cacheHome, log: () => {} });
  await expect(refusal).rejects.toThrow(
    /on PATH[^]*temporal-1\.5\.1[^]*SDK download[^]*install Go[^]*TEMPORAL_ADDRESS/,
  );
});
