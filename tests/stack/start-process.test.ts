import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findProcess } from '../../sandbox/stack/find-process.ts';
import { startProcess } from '../../sandbox/stack/start-process.ts';
import { runParent, testFolder } from './run-parent.ts';

async function start(folder: string, how = '') {
  const said: string[] = [];
  const child = await startProcess({
    name: 'the child',
    script: new URL('ready-child.ts', import.meta.url).pathname,
    args: [how],
    env: {},
    logFile: join(folder, 'child.log'),
    graceMs: 500,
    log: (line) => said.push(line),
  });
  onTestFinished(child.stop);
  return { ...child, said };
}

test('it is ready once it has said so, and stops when asked', async () => {
  const child = await start(await testFolder());
  expect(child.facts).toEqual({ ready: true, url: 'http://127.0.0.1:1' });
  await child.stop();
  expect(findProcess(child.pid)).toBeUndefined();
  expect(child.said).toEqual([]);
});

test('one that does not stop within its grace is killed', async () => {
  const child = await start(await testFolder(), 'stubborn');
  await child.stop();
  expect(findProcess(child.pid)).toBeUndefined();
});

test('one that fails while starting shows the end of its log', async () => {
  await expect(start(await testFolder(), 'fail')).rejects.toThrow(
    /the child ended while starting[^]*the database is missing/,
  );
});

test('an unexpected end is reported', async () => {
  const child = await start(await testFolder(), 'die');
  await expect.poll(() => child.said).toEqual([expect.stringContaining('ended unexpectedly (3)')]);
});

test('it ends when its parent is killed', async () => {
  const folder = await testFolder();
  const parent = await runParent('child', folder);
  expect(findProcess(parent.told.pid!)).toBeDefined();
  await parent.kill();
  await expect.poll(() => findProcess(parent.told.pid!), { timeout: 40_000 }).toBeUndefined();
});

test('one left by an earlier start is stopped before the next runs', async () => {
  const folder = await testFolder();
  const first = await start(folder);
  const second = await start(folder);
  expect(findProcess(first.pid)).toBeUndefined();
  expect(findProcess(second.pid)).toBeDefined();
});
