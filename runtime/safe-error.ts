export interface SafeError {
  name: string;
  message: string;
  code?: string;
  constraint?: string;
  stack?: string;
  cause?: SafeError;
}

/**
 * What of an error may be written to a log or a workflow's history. Database errors carry the statement's parameters
 * and rows' values in their messages, which may be secrets or customers: of them only name, SQLSTATE and constraint stay.
 */
export function safeError(error: unknown): SafeError {
  if (!(error instanceof Error)) return { name: typeof error, message: 'not an Error' };
  const { code, constraint_name: constraint } = error as { code?: unknown; constraint_name?: unknown };
  const isDatabase = error.name === 'PostgresError' || 'query' in error || 'parameters' in error;
  const message = isDatabase ? 'database statement failed' : error.message;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(frames?.length ? { stack: frames.slice(0, 12).join('\n') } : {}),
    ...(error.cause === undefined ? {} : { cause: safeError(error.cause) }),
  };
}
