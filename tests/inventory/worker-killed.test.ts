import { relieve, test } from './relieved-worker.ts';

test(
  'a worker killed in mid-pull is relieved by another, which goes on from its page',
  { timeout: 120_000 },
  async ({ remote, startWorker, sandbox, db }) => relieve('SIGKILL', { remote, startWorker, sandbox, db }),
);
