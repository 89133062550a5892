import { defineConfig } from 'vitest/config';

/** What needs no shared stack: pure rules, the sandbox, the stack's own parts, the shape of the code. */
const alone = [
  '**/*.unit.test.ts',
  'tests/structure/**/*.test.ts',
  'tests/stack/**/*.test.ts',
  'tests/sandbox/**/*.test.ts',
  'tests/demo/**/*.test.ts',
];
const never = ['node_modules/**', '.tillbridge/**'];

export default defineConfig({
  test: {
    pool: 'forks', // the Temporal worker is native code that threads can't share
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: alone, exclude: never, testTimeout: 60_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: 'stack',
          include: ['tests/**/*.test.ts'],
          exclude: [...never, ...alone],
          globalSetup: ['tests/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
