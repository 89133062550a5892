import type { Logger } from '../runtime/logger.ts';
import { accountCalls } from './account-calls.ts';
import { createCaller } from './create-caller.ts';
import type { Exchange } from './http/create-exchange.ts';
import { LightspeedError } from './lightspeed-error.ts';
import type { TokenPair } from './oauth-client.ts';
import type { RateBudget } from './rate-budget.ts';
import type { TillAccount, TillSession } from './till.ts';

/** The account behind a pair of tokens. `session` answers to every user, `account` perhaps to admins only: ask it second. */
export interface GrantedAccount {
  session(): Promise<TillSession>;
  account(): Promise<TillAccount>;
}

/**
 * Looks at the account behind a pair of tokens just granted, before any connection is made of it. Its calls throw
 * LightspeedError: `unauthorised` if the pair is refused, as nothing is refreshed.
 */
export type ReadAccount = (pair: Pick<TokenPair, 'accountId' | 'accessToken'>) => GrantedAccount;

export interface ReadAccountParts {
  apiUrl: string;
  budget: RateBudget;
  exchange: Exchange;
  log: Logger;
}

export function createReadAccount(parts: ReadAccountParts): ReadAccount {
  const refused = () => new LightspeedError('unauthorised', 'Lightspeed refuses the access token just granted');
  return ({ accountId, accessToken }) => {
    const tokens = {
      current: async () => ({ accessToken, tokenVersion: 0 }),
      renew: async () => {
        throw refused();
      },
      refused: async () => refused(),
    };
    const call = createCaller({ ...parts, accountId, priority: 'interactive', tokens });
    const { account, session } = accountCalls({ call, apiUrl: parts.apiUrl, accountId });
    return { account, session };
  };
}
