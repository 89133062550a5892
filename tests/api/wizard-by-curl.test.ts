import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import { readEnvironment } from '../../runtime/config.ts';
import { platformKey, test } from '../stack-test.ts';
import { callApi } from './call-api.ts';

const run = promisify(execFile);
const root = new URL('../../', import.meta.url);

/** README's section, as it stands. */
async function section(): Promise<string> {
  const readme = await readFile(new URL('README.md', root), 'utf8');
  return /## The wizard by curl\n\n([^]*?)\n## /.exec(readme)![1]!;
}

test('README and the docs page show the same calls', async ({ app }) => {
  const shown = await section();
  expect(shown).toBe(await readFile(new URL('api/wizard-by-curl.md', root), 'utf8'));
  const { body } = await callApi(app.url, 'GET', '/openapi.json');
  expect((body['info'] as { description: string }).description).toContain(shown);
});

test('README’s curl calls work as printed: a retailer is set up, and is gone again', async ({ app, sandbox }) => {
  const folder = await mkdtemp(join(tmpdir(), 'tillbridge-curl-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  sandbox.setRedirectUri(`${app.url}/oauth/callback`);
  await mkdir(join(folder, '.tillbridge'));
  const variables = { TILLBRIDGE: app.url, SANDBOX: sandbox.controlUrl, PLATFORM_KEY: platformKey };
  const shell = Object.entries(variables).map(([name, value]) => `${name}='${value}'\n`);
  await writeFile(join(folder, '.tillbridge/shell'), shell.join(''));
  const [, script] = /```sh\n([^]*?)```/.exec(await section())!;
  const env = { PATH: readEnvironment()['PATH'] };
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script!], { cwd: folder, env, timeout: 50_000 });
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const refused = answers.filter(({ code }) => code !== undefined);
  expect(refused).toMatchObject([{ code: 'not-admin' }]); // the one that is meant
  const steps = answers.filter((answer) => 'nextStep' in answer).map(({ nextStep }) => nextStep);
  expect(steps).toEqual(['connect', null]);
  expect(answers.filter(({ version }) => version !== undefined).length).toBeGreaterThan(5);
  expect(answers.at(-1)).toMatchObject({ state: 'removed', tokensRevoked: true });
  const gone = await callApi(app.url, 'GET', '/v1/tenants/corner-bikes', { key: platformKey });
  expect(gone.status).toBe(404);
});
