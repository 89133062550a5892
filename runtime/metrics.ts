import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** The process' figures for Prometheus. Labels are few and fixed: route templates and states. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requestSeconds = new Histogram({
    name: 'tillbridge_http_request_duration_seconds',
    help: 'Time to answer a request, by route template',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    registry,
    requestSeconds,
    /** A figure read anew at each scrape. */
    gauge(name: string, help: string, read: () => Promise<number>): void {
      const gauge = new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          gauge.set(await read());
        },
      });
    },
  };
}

/** One figure for each of many, as Prometheus reads it: for what is not kept between scrapes. */
export async function renderGauge(
  gauge: { name: string; help: string; label: string },
  figures: readonly { of: string; value: number }[],
): Promise<string> {
  const registry = new Registry();
  const rendered = new Gauge({ ...gauge, labelNames: [gauge.label], registers: [registry] });
  for (const { of, value } of figures) rendered.set({ [gauge.label]: of }, value);
  return registry.metrics();
}
