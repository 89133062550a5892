import type { Priority } from './till.ts';

/** `granted`: send after `waitMs`; the cost is booked. `wait`: nothing is booked; ask again when it is over. */
type Grant = { kind: 'granted'; callId: string; waitMs: number } | { kind: 'wait'; waitMs: number };

/** What an answer's headers say of the bucket, after the call was charged. Decimal strings, in drips. */
export interface BucketReading {
  level: string;
  size: string;
  dripRate: string | null;
  burstLimit: number | null;
}

/** What the client needs of whoever shares an account's rate limit among all workers. */
export interface RateBudget {
  acquire(accountId: string, costDrips: string, priority: Priority): Promise<Grant>;
  /** The call was answered; `reading` is null if the answer told nothing. */
  settle(callId: string, reading: BucketReading | null): Promise<void>;
  /** The call was never sent. */
  release(callId: string): Promise<void>;
  /** After a 429: nothing is granted until then. */
  block(accountId: string, forMs: number): Promise<void>;
}
