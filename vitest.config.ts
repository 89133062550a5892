import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/longest-first.ts';

/** What needs no shared stack: pure rules, the sandbox, the stack's own parts, the shape of the code. */
const alone = [
  '**/*.unit.test.ts',
  'tests/structure/**/*.test.ts',
  'tests/stack/**/*.test.ts',
  'tests/sandbox/**/*.test.ts',
  'tests/demo/**/*.test.ts',
];
const never = ['node_modules/**', '.tillbridge/**'];
/** Only limits: long enough for a machine that does other things at the same time. */
const patience = { testTimeout: 240_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    pool: 'forks', // the Temporal worker is native code that threads can't share
    // A process keeps its modules for the next file: loading them takes seconds, and they do no work when loaded.
    isolate: false,
    unstubEnvs: true,
    expect: { poll: { timeout: 40_000, interval: 50 } },
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'stack',
          include: ['tests/**/*.test.ts'],
          exclude: [...never, ...alone],
          globalSetup: ['tests/global-setup.ts'],
          ...patience,
        },
      },
      {
        extends: true,
        // One project after the other: a process goes on with files of its own project only.
        test: { name: 'alone', include: alone, exclude: never, sequence: { groupOrder: 1 }, ...patience },
      },
    ],
  },
});
