import type { Fault } from '../../sandbox/r-series/faults/fault.ts';
import type { Random } from '../../sandbox/r-series/random.ts';

const kinds: readonly Fault[] = [
  { kind: 'rate-limit', retryAfterSeconds: 0.2 },
  { kind: 'status', status: 500, when: 'before-commit' },
  { kind: 'status', status: 503, when: 'before-commit' },
  { kind: 'status', status: 504, when: 'before-commit' },
  { kind: 'status', status: 404, when: 'before-commit' },
  { kind: 'html', status: 200, when: 'before-commit' },
  { kind: 'html', status: 502, when: 'before-commit' },
  { kind: 'reset', when: 'before-commit' },
  { kind: 'latency', ms: 2_500 },
  { kind: 'truncated-json' },
  { kind: 'empty-page' },
  { kind: 'repeated-cursor' },
  { kind: 'foreign-next', origin: 'http://127.0.0.1:9' },
  { kind: 'missing-field', field: 'upc' },
  { kind: 'missing-field', field: 'qoh' },
  { kind: 'missing-field', field: 'Prices' },
  { kind: 'missing-field', field: 'timeStamp' },
  { kind: 'missing-field', field: '@attributes.next' },
  { kind: 'huge-item', bytes: 2 * 1024 * 1024 },
];

/** A fault of one of the calls that a sync makes, once or a few times or until it is cleared. */
export function randomReadFault(random: Random, account: number) {
  return {
    account,
    method: 'GET',
    path: random.pick(['Item', 'Item', 'ItemShop', 'Manufacturer']),
    fault: random.pick(kinds),
    nth: random.whole(1, 4),
    count: random.pick([1, 1, 2, 4, 8, 0]),
    probability: 1,
  };
}

export function faultName(fault: Fault): string {
  if (fault.kind === 'status' || fault.kind === 'html') return `${fault.kind}-${fault.status}`;
  return fault.kind === 'missing-field' ? `missing-${fault.field}` : fault.kind;
}
