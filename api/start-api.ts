import { ensurePlatformKey } from '../db/tenants/ensure-platform-key.ts';
import type { Config } from '../runtime/config.ts';
import type { Logger } from '../runtime/logger.ts';
import { ensureSweepSchedule } from '../temporal/ensure-sweep-schedule.ts';
import { endpoints } from './endpoints.ts';
import { createApp } from './http/create-app.ts';
import { listen } from './http/listen.ts';
import { openApiParts } from './open-api-parts.ts';

export interface RunningApi {
  url: string;
  port: number;
  /** The platform's key, if this start has made it: show it once. */
  newPlatformKey: string | null;
  close(): Promise<void>;
}

/** Opens what the API needs, sees to the sweep and the platform's key, and serves. @throws Error in plain words. */
export async function startApi({ config, log }: { config: Config; log: Logger }): Promise<RunningApi> {
  const opened = await openApiParts(config, log);
  const { parts } = opened;
  try {
    const newPlatformKey = await ensurePlatformKey(parts.db, config.PLATFORM_KEY);
    await ensureSweepSchedule(parts.temporal, config.TASK_QUEUE, config.SWEEP_INTERVAL_MS);
    const server = await listen(createApp(endpoints, parts), config.API_HOST, config.API_PORT);
    const host = config.API_HOST.includes(':') ? `[${config.API_HOST}]` : config.API_HOST;
    return {
      url: `http://${host}:${server.port}`,
      port: server.port,
      newPlatformKey,
      async close() {
        await server.close();
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
