import { ConfigError, readConfig } from '../runtime/config.ts';
import { createLogger } from '../runtime/logger.ts';
import { outliveLostConnections } from '../runtime/outlive-lost-connections.ts';
import { safeError } from '../runtime/safe-error.ts';
import { announceReady, stopOnSignal } from '../runtime/shutdown.ts';
import { startApi } from './start-api.ts';

try {
  const config = readConfig();
  const log = createLogger('api', config.LOG_LEVEL);
  outliveLostConnections(log);
  const api = await startApi({ config, log });
  if (api.newPlatformKey !== null) {
    process.stderr.write(
      `This is the first start: the platform's key is ${api.newPlatformKey}\nKeep it; it isn't shown again.\n`,
    );
  }
  stopOnSignal(() => api.close(), { log, withParent: config.STOP_WITH_PARENT, graceMs: 9_000 });
  announceReady({ port: api.port, url: config.PUBLIC_URL ?? api.url });
} catch (error) {
  const why = error instanceof ConfigError ? error.message : `The API can't start: ${safeError(error).message}`;
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
