import { applyMigrations } from '../../db/apply-migrations.ts';
import { ConfigError, readConfig } from '../../runtime/config.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { safeError } from '../../runtime/safe-error.ts';
import { connectTemporal } from '../../temporal/connect-temporal.ts';
import { registerSearchAttributes } from '../../temporal/register-search-attributes.ts';

try {
  const config = readConfig();
  await applyMigrations(config.DATABASE_URL);
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config;
  const temporal = await connectTemporal({ address, namespace }, createKeyRing(config.SECRET_KEYS));
  const commands = await registerSearchAttributes(temporal.connection, namespace);
  await temporal.close();
  if (commands.length > 0) {
    process.stderr.write(
      `The database is up to date. Temporal’s cluster lacks search attributes and doesn’t let us add them; run:\n${commands.join('\n')}\n`,
    );
    process.exit(1);
  }
  process.stdout.write('The database is up to date, and Temporal has the search attributes.\n');
} catch (error) {
  const { message, cause } = safeError(error);
  const code = cause?.code ?? cause?.cause?.code;
  const why =
    error instanceof ConfigError ? error.message : `Can’t migrate: ${message}${code === undefined ? '' : ` (${code})`}`;
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
