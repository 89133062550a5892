import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535).optional();

const settings = z.object({
  TILLBRIDGE_DATA: z.string().min(1).default('.tillbridge'),
  POSTGRES_PORT: port,
  TEMPORAL_PORT: port,
  TEMPORAL_UI_PORT: port,
  SANDBOX_PORT: port,
  WEB_SHOP_PORT: port,
  API_PORT: port,
});

/** What the reader of the demo may choose. */
export interface DemoOptions {
  /** Exit when the scenario is done, with 1 if a figure is not what it must be. */
  once: boolean;
  /** Print the figures as a last line of JSON. */
  json: boolean;
  dataDir: string;
  seed: number;
  ports: {
    postgres: number | undefined;
    temporal: number | undefined;
    temporalUi: number | undefined;
    sandbox: number | undefined;
    webShop: number | undefined;
    api: number | undefined;
  };
  environment: Readonly<Record<string, string | undefined>>;
}

/** @throws Error in plain words for an unknown option or a malformed setting. */
export function demoOptions(args: string[], environment: Readonly<Record<string, string | undefined>>): DemoOptions {
  const { values } = parseArgs({
    args,
    options: { once: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const parsed = settings.safeParse(Object.fromEntries(Object.entries(environment).filter(([, value]) => value)));
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  const set = parsed.data;
  return {
    ...values,
    dataDir: resolve(set.TILLBRIDGE_DATA),
    seed: 20_260,
    ports: {
      postgres: set.POSTGRES_PORT,
      temporal: set.TEMPORAL_PORT,
      temporalUi: set.TEMPORAL_UI_PORT,
      sandbox: set.SANDBOX_PORT,
      webShop: set.WEB_SHOP_PORT,
      api: set.API_PORT,
    },
    environment,
  };
}
