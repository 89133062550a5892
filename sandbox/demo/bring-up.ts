import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { freePort } from '../stack/free-ports.ts';
import type { StartedProcess } from '../stack/start-process.ts';
import { startProcess } from '../stack/start-process.ts';
import { startStack } from '../stack/start-stack.ts';
import type { DemoOptions } from './demo-options.ts';
import type { DemoSecrets } from './demo-secrets.ts';
import { demoSecrets } from './demo-secrets.ts';
import type { Report } from './report.ts';

const root = resolve(import.meta.dirname, '../..');
const GRACE_MS = 4_000;

/** Everything `npm start` brings up, and the way to stop it, in order. */
export interface Installation {
  apiUrl: string;
  sandboxUrl: string;
  temporalUiUrl: string | undefined;
  webShopPort: number;
  secrets: DemoSecrets;
  stop: () => Promise<void>;
}

/**
 * Starts PostgreSQL and Temporal, the sandbox, the API and the workers, and applies migrations in between. The addresses
 * of an earlier start on the same folder are kept where their ports are free, as the sandbox's tokens and the storefront's
 * webhook hold them.
 * @throws Error naming the part that did not start; what was started is stopped.
 */
export async function bringUp(options: DemoOptions, report: Report): Promise<Installation> {
  const log = (line: string) => report.line(`  ${line}`);
  const started: { stop: () => Promise<void> }[] = [];
  // The API first, then the workers, the sandbox, Temporal, PostgreSQL: each before what it stands on.
  const stop = async () => {
    for (const part of started.splice(0).toReversed()) await part.stop();
  };
  const add = <P extends { stop: () => Promise<void> }>(part: P): P => {
    started.push(part);
    return part;
  };
  try {
    const stack = add(
      await report.step('PostgreSQL and Temporal', async () => {
        const value = await startStack({
          dataDir: options.dataDir,
          databaseUrl: options.environment['DATABASE_URL'],
          temporalAddress: options.environment['TEMPORAL_ADDRESS'],
          ports: options.ports,
          searchAttributes: { TenantId: 'Keyword', Stage: 'Keyword', NeedsAttention: 'Bool' },
          namespace: options.environment['TEMPORAL_NAMESPACE'],
          cacheHome: options.environment['XDG_CACHE_HOME'],
          log,
        });
        return { words: 'up', value };
      }),
    );
    const secrets = demoSecrets(options.dataDir);
    const sandboxPort = options.ports.sandbox ?? (await freePort());
    const apiPort = options.ports.api ?? (await freePort());
    const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
    const apiUrl = `http://127.0.0.1:${apiPort}`;
    const env = {
      ...options.environment,
      DATABASE_URL: stack.databaseUrl,
      TEMPORAL_ADDRESS: stack.temporalAddress,
      API_PORT: String(apiPort),
      PUBLIC_URL: apiUrl,
      PLATFORM_KEY: secrets.platformKey,
      SECRET_KEYS: secrets.secretKeys,
      LIGHTSPEED_API_URL: `${sandboxUrl}/API/V3`,
      LIGHTSPEED_AUTH_URL: `${sandboxUrl}/auth/oauth`,
      LIGHTSPEED_CLIENT_ID: secrets.clientId,
      LIGHTSPEED_CLIENT_SECRET: secrets.clientSecret,
      WEBHOOK_ALLOW_PRIVATE: 'true',
      // The demo's reader should not wait minutes to see a crash or a lost answer healed.
      SWEEP_INTERVAL_MS: options.environment['SWEEP_INTERVAL_MS'] ?? '5000',
      POST_DEADLINE_MS: options.environment['POST_DEADLINE_MS'] ?? '5000',
      SETTLE_WINDOW_MS: options.environment['SETTLE_WINDOW_MS'] ?? '5000',
      REMOVAL_SETTLE_MS: options.environment['REMOVAL_SETTLE_MS'] ?? '5000',
    };
    const start = async (
      name: string,
      title: string,
      script: string,
      more: Partial<Parameters<typeof startProcess>[0]>,
    ) =>
      add(
        await report.step(title, async () => {
          const value: StartedProcess = await startProcess({
            name,
            script: join(root, script),
            env,
            logFile: join(options.dataDir, 'logs', `${name.replaceAll(' ', '-')}.log`),
            graceMs: GRACE_MS,
            log,
            ...more,
          });
          return { words: 'up', value };
        }),
      );
    await start('the sandbox', 'Lightspeed sandbox', 'sandbox/r-series/main.ts', {
      args: Object.entries({
        port: sandboxPort,
        items: 1_000,
        seed: options.seed,
        registers: 4,
        'client-id': secrets.clientId,
        'client-secret': secrets.clientSecret,
        'redirect-uri': `${apiUrl}/oauth/callback`,
        'state-file': join(options.dataDir, 'sandbox-state'),
      })
        .flatMap(([name, value]) => [`--${name}`, String(value)])
        .concat('--stop-with-parent'),
      readyUrl: `${sandboxUrl}/__sandbox`,
      port: { port: sandboxPort, setting: 'SANDBOX_PORT' },
    });
    await report.step('Migrations', async () => {
      await runToEnd('worker/commands/migrate.ts', env);
      return { words: 'applied', value: undefined };
    });
    await start('the workers', 'Workers', 'worker/main.ts', {});
    await start('the API', 'API', 'api/main.ts', { port: { port: apiPort, setting: 'API_PORT' } });
    return {
      apiUrl,
      sandboxUrl,
      temporalUiUrl: stack.temporalUiUrl,
      webShopPort: options.ports.webShop ?? (await freePort()),
      secrets,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function runToEnd(script: string, env: Readonly<Record<string, string | undefined>>): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, script)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', fail);
    child.on('exit', (code) =>
      code === 0 ? done() : fail(new Error(`${script} ended with code ${code}:\n${output}`)),
    );
  });
}
