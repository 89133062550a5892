import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { readEnvironment } from '../../runtime/config.ts';

const script = resolve(import.meta.dirname, '../../sandbox/demo/main.ts');

/** A running `npm start`, in a process group of its own, as at a terminal. */
export interface Demo {
  /** What it has printed so far. */
  output: () => string;
  /** Waits until it has printed this. */
  printed: (text: string, timeoutMs: number) => Promise<void>;
  /** As Ctrl-C does: to the whole process group. */
  interrupt: () => void;
  /** Kills the parent alone, with no chance to stop what it started. */
  kill: () => void;
  /** The exit code; null after a kill. */
  exited: Promise<number | null>;
}

/** Starts it on a data folder; `settings` are environment variables. */
export function runDemo(dataDir: string, args: string[], settings: Record<string, string> = {}): Demo {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...readEnvironment(), TILLBRIDGE_DATA: dataDir, LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const take = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  onTestFinished(() => {
    if (child.exitCode === null) child.kill('SIGKILL');
  });
  return {
    output: () => output,
    async printed(text, timeoutMs) {
      await expect
        .poll(() => (output.includes(text) || child.exitCode !== null ? output : ''), {
          timeout: timeoutMs,
          interval: 100,
        })
        .toContain(text);
    },
    interrupt: () => process.kill(-child.pid!, 'SIGINT'),
    kill: () => void child.kill('SIGKILL'),
    exited,
  };
}
