import { readFileSync } from 'node:fs';

/** The last lines of a log, to go into an error. */
export function readLogEnd(file: string, lines = 15): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(no log)';
  }
}
