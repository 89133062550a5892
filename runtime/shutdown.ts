import type { Logger } from './logger.ts';

/**
 * Runs `stop` once, on SIGTERM, SIGINT or (with `withParent`) when standard input closes because the parent is gone.
 * Ends the process when `stop` is done, or after `graceMs` with exit code 1.
 */
export function stopOnSignal(
  stop: () => Promise<void>,
  options: { log: Logger; withParent: boolean; graceMs: number },
): void {
  let stopping = false;
  const once = (why: string) => {
    if (stopping) return;
    stopping = true;
    options.log.info({ why }, 'stopping');
    setTimeout(() => process.exit(1), options.graceMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        options.log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => once('SIGTERM'));
  process.on('SIGINT', () => once('SIGINT'));
  if (options.withParent) {
    process.stdin.on('end', () => once('parent is gone')).on('error', () => once('parent is gone'));
    process.stdin.resume();
  }
}

/** Tells whoever started this process that it serves: one line of JSON on standard output. */
export function announceReady(facts: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ ready: true, ...facts })}\n`);
}
