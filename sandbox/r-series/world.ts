import type { AccountBooks } from './books/account-books.ts';
import type { Changes } from './books/changes.ts';
import type { Clock } from './clock.ts';
import type { FaultRules } from './faults/fault-rules.ts';
import type { RequestLog } from './http/request-log.ts';
import type { RateLimiter } from './limiter/rate-limiter.ts';
import type { OAuthTables } from './oauth/oauth-tables.ts';
import type { SigningKey } from './oauth/sign-token.ts';
import type { Switches } from './switches.ts';

/** One running sandbox: all accounts' books, the authorization server's tables, and what bends their behaviour. */
export type World = {
  readonly clock: Clock;
  readonly switches: Switches;
  readonly changes: Changes;
  readonly oauth: OAuthTables;
  readonly signingKey: SigningKey;
  readonly accounts: Map<number, AccountBooks>;
  readonly limiter: RateLimiter;
  readonly faults: FaultRules;
  readonly log: RequestLog;
  /** False with `--unlimited`; can be changed while it runs. */
  isLimited: boolean;
  /** `http://127.0.0.1:port`, for absolute links. */
  origin: string;
};
