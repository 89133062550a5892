import { openDatabase } from '../../db/database.ts';
import { requireDatabase } from '../../db/require-database.ts';
import { ConfigError, readConfig } from '../../runtime/config.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { safeError } from '../../runtime/safe-error.ts';
import { connectTemporal } from '../../temporal/connect-temporal.ts';
import { retentionMs } from '../../temporal/retention.ts';
import { taskQueues } from '../../temporal/task-queues.ts';
import type { Rotation } from '../rotate-keys.ts';
import { rotateKeys } from '../rotate-keys.ts';

/** Longer than a token refresh may hold its row. */
const patienceMs = 90_000;
const dayMs = 24 * 3_600_000;
const say = (line: string) => void process.stdout.write(`${line}\n`);

try {
  const config = readConfig();
  const ring = createKeyRing(config.SECRET_KEYS);
  const [current, ...older] = ring.keyIds;
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config;
  const temporal = await connectTemporal({ address, namespace }, ring);
  const database = openDatabase(config.DATABASE_URL);
  await requireDatabase(database.db);
  say(`Key "${current}" seals; older: ${older.join(', ') || 'none'}.`);
  const queues = taskQueues(config.TASK_QUEUE);
  const rotation = await rotateKeys({ db: database.db, ring, client: temporal.client, queues, patienceMs, say });
  const keptMs = await retentionMs(temporal.connection, namespace);
  await database.close();
  await temporal.close();
  process.exitCode = judge(rotation, older, keptMs);
} catch (error) {
  const why = error instanceof ConfigError ? error.message : `Can’t rotate the keys: ${safeError(error).message}`;
  process.stderr.write(`${why}\nWhat was sealed again stays so: run this once more.\n`);
  process.exitCode = 1;
}

/** Says whether older keys may go. @returns the exit code: 1 while they may not. */
function judge({ values, runs }: Rotation, older: string[], keptMs: number): number {
  for (const { column, keyId, count } of values) say(`  still in ${column}, key "${keyId}": ${count}`);
  for (const { workflowType, workflowId, startedAt, keyIds } of runs)
    say(`  still open: ${workflowType} ${workflowId}, since ${startedAt.toISOString()}, key ${keyIds.join(', ')}`);
  if (values.length > 0 || runs.length > 0) {
    say(
      'No key may be taken out yet. Either a process still runs with another key first, a run is on its way to its end, ' +
        'or a key is missing that some values need. See to it and run this once more.',
    );
    return 1;
  }
  if (older.length === 0) return 0;
  const until = new Date(Date.now() + keptMs).toISOString().slice(0, 10);
  say(
    `May be taken out of SECRET_KEYS: ${older.join(', ')}. Runs that ended before now can then no longer be read on ` +
      `Temporal's page; who wants to read them keeps the key until ${until}, when Temporal has forgotten the last of ` +
      `them (it keeps ended runs for ${Math.ceil(keptMs / dayMs)} days).`,
  );
  return 0;
}
