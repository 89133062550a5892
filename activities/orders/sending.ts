import type { WriteOptions } from '../../lightspeed/till.ts';

/** One send under a claim. */
export interface Sending {
  /** Set right before the first byte leaves: from then on only an answer tells what the till has. */
  mayHaveLeft: boolean;
  options: WriteOptions;
}

/**
 * Tells, without asking anybody, whether this long has passed since now. By both clocks: a frozen process misses its
 * timers, a suspended machine its monotonic clock.
 */
export function within(limitMs: number): () => boolean {
  const since = { monotonic: performance.now(), wall: Date.now() };
  return () => Math.max(performance.now() - since.monotonic, Date.now() - since.wall) < limitMs;
}

/** Another worker holds the export, or the deadline has passed: nothing may be sent. */
export class ClaimLost extends Error {}

/** The open sale in the till isn't the planned one: a person must decide. */
export class SaleDiffers extends Error {
  readonly words: { code: string; message: string; remedy: string; difference?: string };

  /** @param difference of the totals, which a person may accept: planned less open. */
  constructor(message: string, difference?: string) {
    super('The open sale differs from the planned one');
    const byHand = 'complete or delete the open sale in Lightspeed, then resolve or retry the order';
    this.words =
      difference === undefined
        ? { code: 'open-sale-unclear', message, remedy: `${byHand[0]!.toUpperCase()}${byHand.slice(1)}` }
        : {
            code: 'open-sale-differs',
            message,
            remedy: `Accept it as it stands (the difference becomes a line of its own), or ${byHand}`,
            difference,
          };
  }
}
