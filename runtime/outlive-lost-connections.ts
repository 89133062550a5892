import type { Logger } from 'pino';

/** Of postgres.js for a connection that has gone, and of PostgreSQL for one that an administrator ended. */
const lost: ReadonlySet<unknown> = new Set(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECTION_ENDED', '57P01']);

/**
 * Keeps a database connection that is lost just as it opens from ending the process: postgres.js 3.4 asks for the types of
 * arrays then, outside of any promise that a caller has. Every other rejection that nobody handles ends it as always.
 */
export function outliveLostConnections(log: Pick<Logger, 'warn'>): void {
  process.on('unhandledRejection', (error: unknown) => {
    if (!(error instanceof Error) || !('code' in error) || !lost.has(error.code)) throw error;
    log.warn({ err: error }, 'a database connection was lost while it opened');
  });
}
