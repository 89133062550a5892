import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const durationMs = z.coerce.number().int().positive();
const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');

/** Every setting of the API and the workers, by the environment variable that holds it. README has the same table. */
const environment = z.object({
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'a PostgreSQL address: postgres://user:password@host:5432/name',
  }),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TASK_QUEUE: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('tillbridge'),
  API_PORT: port.default(8080),
  API_HOST: z.string().default('127.0.0.1'),
  WORKER_METRICS_PORT: port.default(0),
  PUBLIC_URL: z.url().optional(),
  PLATFORM_KEY: z.string().min(32).optional(),
  SECRET_KEYS: z.string().min(1),
  LIGHTSPEED_API_URL: z.url().default('https://api.lightspeedapp.com/API/V3'),
  LIGHTSPEED_AUTH_URL: z.url().default('https://cloud.lightspeedapp.com/auth/oauth'),
  LIGHTSPEED_CLIENT_ID: z.string().min(1),
  LIGHTSPEED_CLIENT_SECRET: z.string().min(1),
  LIGHTSPEED_TIMEOUT_MS: durationMs.default(60_000),
  /** How many times faster than ours the till's clock runs: 1 but for benchmarks against the sandbox. */
  LIGHTSPEED_TIME_SCALE: z.coerce.number().positive().default(1),
  WEBHOOK_ALLOW_PRIVATE: flag.default(false),
  API_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().positive().default(1_200),
  CONNECT_ATTEMPT_MS: durationMs.default(15 * 60_000),
  SETTLE_WINDOW_MS: durationMs.default(180_000),
  POST_DEADLINE_MS: durationMs.default(60_000),
  UNPAID_RESERVATION_MS: durationMs.default(72 * 3_600_000),
  REMOVAL_SETTLE_MS: durationMs.default(30_000),
  SWEEP_INTERVAL_MS: durationMs.min(1_000).default(60_000),
  SETUP_REMINDERS_MS: z
    .string()
    .regex(/^\d+(,\d+)*$/)
    .default('86400000,259200000,604800000')
    .transform((list) => list.split(',').map(Number)),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  STOP_WITH_PARENT: flag.default(false),
});

export type Config = z.infer<typeof environment>;

/** A setting is missing or malformed; the message has one line per variable. */
export class ConfigError extends Error {}

/**
 * Reads and checks the environment once, at start.
 * @throws ConfigError naming each variable at fault, never its value.
 */
export function readConfig(variables: Record<string, string | undefined> = process.env): Config {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(set);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `  ${name}: ${name in set ? message : 'is required'}`;
  });
  throw new ConfigError(`These environment variables need attention (README, "Configuration"):\n${lines.join('\n')}`);
}

/** The names that `npm start` passes on or reads for itself, as they stand: absent ones are undefined. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
