import type { Database } from '../../db/database.ts';
import { noteCheck } from '../../db/setup/note-check.ts';
import type { TokenStore } from '../../db/setup/token-store.ts';
import type { ReadAccount } from '../../lightspeed/create-read-account.ts';
import type { OAuthClient } from '../../lightspeed/oauth-client.ts';
import type { OpenTill } from '../../lightspeed/till.ts';
import type { Wake } from '../../temporal/wake.ts';
import type { ConnectionHealthInput } from '../../workflows/messages/setup.ts';
import { checkConnection } from './check-connection.ts';

/** What a look at a connection works with. */
export interface ConnectionHealthDeps {
  db: Database;
  tokens: Pick<TokenStore, 'probe'>;
  oauth: OAuthClient;
  openTill: OpenTill;
  readAccount: ReadAccount;
  wake: Wake;
}

export type ConnectionHealthActivities = ReturnType<typeof createConnectionHealthActivities>;

export function createConnectionHealthActivities(deps: ConnectionHealthDeps) {
  return {
    checkConnection: (input: ConnectionHealthInput) => checkConnection(deps, input),
    postponeConnectionCheck: ({ tenant }: ConnectionHealthInput) =>
      noteCheck(deps.db, tenant, { isProbeInVain: false }),
  };
}
