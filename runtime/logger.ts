import { pino } from 'pino';
import { safeError } from './safe-error.ts';

export type Logger = ReturnType<typeof createLogger>;

/**
 * Structured logs, one JSON object a line, on standard error: standard output is for the ready line.
 * Whatever may carry a secret or a customer's data is cut out by name, as a second fence: callers log ids and counts.
 */
export function createLogger(name: string, level: string) {
  const secret = [
    'authorization',
    'accessToken',
    'refreshToken',
    'code',
    'secret',
    'key',
    'email',
    'snapshot',
    'password',
  ];
  return pino(
    {
      name,
      level,
      serializers: { err: safeError },
      redact: { paths: secret.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
    },
    pino.destination({ fd: 2, sync: false }),
  );
}
