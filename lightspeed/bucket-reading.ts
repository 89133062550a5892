import type { BucketReading } from './rate-budget.ts';

const decimal = /^\d+(\.\d+)?$/;

/**
 * What the headers of an answer say of the bucket; null if they are absent or garbled, as on an authentication's 401.
 * @see lightspeed-r-series.md, "Rate limits"
 */
export function readBucket(headers: Readonly<Record<string, string>>): BucketReading | null {
  const [level = '', size = ''] = (headers['x-ls-api-bucket-level'] ?? '').split('/').map((part) => part.trim());
  if (!decimal.test(level) || !decimal.test(size) || Number(size) <= 0) return null;
  const dripRate = headers['x-ls-api-drip-rate'] ?? '';
  const burstLimit = Number(headers['x-ls-api-burst-level']?.split('/')[1] ?? Number.NaN);
  return {
    level,
    size,
    dripRate: decimal.test(dripRate) && Number(dripRate) > 0 ? dripRate : null,
    burstLimit: Number.isInteger(burstLimit) && burstLimit > 0 ? burstLimit : null,
  };
}

/** What the call was charged, where the answer says so. */
export function readCost(headers: Readonly<Record<string, string>>): string | null {
  const cost = headers['x-ls-api-request-cost'] ?? '';
  return decimal.test(cost) ? cost : null;
}
