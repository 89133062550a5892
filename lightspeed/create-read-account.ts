import type { Logger } from '../runtime/logger.ts';
import { accountCalls } from './account-calls.ts';
import { createCaller } from './create-caller.ts';
import type { Exchange } from './http/create-exchange.ts';
import { LightspeedError } from './lightspeed-error.ts';
import type { TokenPair } from './oauth-client.ts';
import type { RateBudget } from './rate-budget.ts';

/** Whose tokens they are, and what that user may do. */
interface GrantedAccount {
  accountName: string;
  employeeId: string;
  userName: string;
  rights: Record<string, boolean>;
}

/**
 * Looks at the account behind a pair of tokens just granted, before any connection is made of it.
 * @throws LightspeedError `unauthorised` if the pair is refused: nothing is refreshed.
 */
export type ReadAccount = (pair: Pick<TokenPair, 'accountId' | 'accessToken'>) => Promise<GrantedAccount>;

export interface ReadAccountParts {
  apiUrl: string;
  budget: RateBudget;
  exchange: Exchange;
  log: Logger;
}

export function createReadAccount(parts: ReadAccountParts): ReadAccount {
  const refused = () => new LightspeedError('unauthorised', 'Lightspeed refuses the access token just granted');
  return async ({ accountId, accessToken }) => {
    const tokens = {
      current: async () => ({ accessToken, tokenVersion: 0 }),
      renew: async () => {
        throw refused();
      },
      refused: async () => refused(),
    };
    const call = createCaller({ ...parts, accountId, priority: 'interactive', tokens });
    const { account, session } = accountCalls({ call, apiUrl: parts.apiUrl, accountId });
    const { employeeId, userName, rights } = await session();
    return { accountName: (await account()).name, employeeId, userName, rights };
  };
}
