import { relieve, test } from './relieved-worker.ts';

test(
  'a worker frozen in mid-pull is relieved by another, and its late pages are refused',
  { timeout: 120_000 },
  async ({ remote, startWorker, sandbox, db }) => relieve('SIGSTOP', { remote, startWorker, sandbox, db }),
);
