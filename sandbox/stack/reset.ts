import { join } from 'node:path';
import { FolderHeld } from './lock-folder.ts';
import { resetDataFolder } from './reset-data-folder.ts';

// `npm run reset [-- folder]`
const dataDir = process.argv[2] ?? join(import.meta.dirname, '..', '..', '.tillbridge');
try {
  process.stdout.write(`${await resetDataFolder(dataDir)}\n`);
} catch (error) {
  if (!(error instanceof FolderHeld)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
