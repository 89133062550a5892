import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { startProcess } from '../sandbox/stack/start-process.ts';
import type { BenchOptions } from './main.ts';
import { openStaticShop } from './static-till/open-static-shop.ts';
import { pullEnded } from './static-till/pull-ended.ts';

/**
 * The most that a worker, in a process of its own, has resident during a first full sync: of a large catalogue, against
 * one of a tenth. Goal: ≤ 1.10. Linux only, as it reads the kernel's own high-water mark.
 */
export async function syncMemory({ items = 100_000 }: BenchOptions): Promise<Record<string, unknown>> {
  const small = await peakOf(Math.round(items / 10));
  const large = await peakOf(items);
  const megabytes = (bytes: number) => Number((bytes / 1024 / 1024).toFixed(1));
  return {
    items,
    smallPeakMb: megabytes(small.peakBytes),
    largePeakMb: megabytes(large.peakBytes),
    restMb: megabytes(large.restBytes),
    ratio: Number((large.peakBytes / small.peakBytes).toFixed(3)),
  };
}

async function peakOf(items: number): Promise<{ peakBytes: number; restBytes: number }> {
  let pid = 0;
  const opened = await openStaticShop(items, async ({ environment, folder, warn }) => {
    const worker = await startProcess({
      name: 'the worker',
      script: 'worker/main.ts',
      env: environment,
      logFile: join(folder, 'worker.log'),
      log: warn,
    });
    pid = worker.pid;
    return { shutdown: worker.stop };
  });
  const sql = postgres(opened.bench.databaseUrl, { max: 1 });
  // From here on: what was there while the process started, and while the wizard was walked, doesn't count.
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const restBytes = memoryOf(pid, 'VmRSS');
  await opened.shop.admin.expect('POST', '/setup/complete');
  const run = await pullEnded(sql, 1);
  const peakBytes = memoryOf(pid, 'VmHWM');
  if (run.items !== items || run.listings === 0) throw new Error(`pulled ${run.items} of ${items} items`);
  await sql.end();
  await opened.close();
  return { peakBytes, restBytes };
}

function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}
