import type { Logger } from '../runtime/logger.ts';
import { accountCalls } from './account-calls.ts';
import { createCaller } from './create-caller.ts';
import { customerCalls } from './customer-calls.ts';
import type { Exchange } from './http/create-exchange.ts';
import { inventoryCalls } from './inventory-calls.ts';
import type { OAuthClient } from './oauth-client.ts';
import type { RateBudget } from './rate-budget.ts';
import { salesCalls } from './sales-calls.ts';
import type { OpenTill, Priority, Till } from './till.ts';
import type { TokenSource } from './token-source.ts';
import { createTokenSource, requireTokens } from './token-source.ts';
import type { TokenStore } from './token-store.ts';

export interface TillParts {
  /** For example `https://api.lightspeedapp.com/API/V3`. Tokens are sent nowhere else. */
  apiUrl: string;
  oauth: OAuthClient;
  tokens: TokenStore;
  budget: RateBudget;
  log: Logger;
  exchange: Exchange;
}

/**
 * Gives the tills of all tenants. Every call of a till reads its connection anew: one that is replaced or ended refuses
 * its next call with `not-connected`.
 */
export function createOpenTill(parts: TillParts): OpenTill {
  return async (tenant, priority) => {
    const { connectionId, accountId } = requireTokens(await parts.tokens.current(tenant));
    const source = createTokenSource(parts.tokens, parts.oauth, { tenant, connectionId });
    // Now rather than within the deadline of a write.
    await source.current();
    return createTill({ ...parts, source, connectionId, accountId, priority });
  };
}

interface OneTill {
  apiUrl: string;
  budget: RateBudget;
  log: Logger;
  exchange: Exchange;
  source: TokenSource;
  connectionId: string;
  accountId: string;
  priority: Priority;
}

function createTill({ apiUrl, budget, log, exchange, source, connectionId, accountId, priority }: OneTill): Till {
  const call = createCaller({ apiUrl, accountId, priority, exchange, tokens: source, budget, log });
  const parts = { call, apiUrl, accountId };
  return {
    connectionId,
    accountId,
    ...accountCalls(parts),
    ...inventoryCalls(parts),
    ...customerCalls(parts),
    ...salesCalls(parts),
  };
}
