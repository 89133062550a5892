import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Installation } from './bring-up.ts';

/**
 * Writes what a shell needs to call this installation, as variables, into the data folder; only the owner may read it.
 * README's section "The wizard by curl" begins by reading it.
 * @returns its path, as one would type it.
 */
export function writeShellFile(dataDir: string, { apiUrl, sandboxUrl, secrets }: Installation): string {
  const variables = {
    TILLBRIDGE: apiUrl,
    SANDBOX: `${sandboxUrl}/__sandbox`,
    PLATFORM_KEY: secrets.platformKey,
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}='${value}'\n`);
  const file = join(dataDir, 'shell');
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  return relative(process.cwd(), file) || file;
}
