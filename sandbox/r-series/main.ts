import { createLogger } from '../../runtime/logger.ts';
import { stopOnSignal } from '../../runtime/shutdown.ts';
import { readOptions, usage } from './sandbox-options.ts';
import { startSandbox } from './start-sandbox.ts';

try {
  const { isHelp, stopWithParent, ...options } = readOptions(process.argv.slice(2));
  if (isHelp) process.stdout.write(usage());
  else {
    const sandbox = await startSandbox(options);
    stopOnSignal(sandbox.stop, { log: createLogger('sandbox', 'warn'), withParent: stopWithParent, graceMs: 4_000 });
    const { apiUrl, authUrl, clientId, clientSecret, accountId, accessToken, refreshToken, nonAdminAccessToken } =
      sandbox;
    const facts = {
      apiUrl,
      authUrl,
      clientId,
      clientSecret,
      accountId,
      accessToken,
      refreshToken,
      nonAdminAccessToken,
    };
    process.stdout.write(`${JSON.stringify(facts)}\n`);
  }
} catch (error) {
  process.stderr.write(`The sandbox can't start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
