import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { applyMigrations } from '../db/apply-migrations.ts';
import { createDatabase } from '../sandbox/stack/create-database.ts';
import { startPostgres } from '../sandbox/stack/start-postgres.ts';
import { startTemporal } from '../sandbox/stack/start-temporal.ts';
import { requiredSearchAttributes } from '../temporal/search-attributes.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';

declare module 'vitest' {
  interface ProvidedContext {
    stack: { adminUrl: string; templateName: string; temporalAddress: string; bundlePath: string };
  }
}

/** One PostgreSQL, one Temporal server and one workflow bundle for the whole run; each file copies the template database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tillbridge-tests-'));
  const log = (line: string) => console.error(line);
  const [postgres, temporal, bundlePath] = await Promise.all([
    startPostgres({ dataDir: join(folder, 'postgres'), isDisposable: true, log }),
    startTemporal({
      dataDir: join(folder, 'temporal'),
      isDisposable: true,
      isHeadless: true,
      searchAttributes: requiredSearchAttributes,
      log,
    }),
    bundle(folder),
  ]);
  const templateName = 'tillbridge_template';
  await applyMigrations(await createDatabase(postgres.url, templateName));
  project.provide('stack', {
    adminUrl: postgres.url,
    templateName,
    temporalAddress: temporal.address,
    bundlePath,
  });
  return async () => {
    await Promise.all([temporal.stop(), postgres.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
}

async function bundle(folder: string): Promise<string> {
  const path = join(folder, 'workflows.js');
  await writeFile(path, (await bundleWorkflows()).code);
  return path;
}
