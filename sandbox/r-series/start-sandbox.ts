import { Changes } from './books/changes.ts';
import { openJournal } from './books/journal.ts';
import { Clock } from './clock.ts';
import { issueTestTokens, openAccount } from './control/open-account.ts';
import { FaultRules } from './faults/fault-rules.ts';
import { RequestLog } from './http/request-log.ts';
import { startServer } from './http/start-server.ts';
import { RateLimiter } from './limiter/rate-limiter.ts';
import { openOAuthTables } from './oauth/oauth-tables.ts';
import { openSigningKey } from './oauth/sign-token.ts';
import { Switches } from './switches.ts';
import type { World } from './world.ts';

export type SandboxOptions = {
  /** 0 for any free one. */
  port: number;
  /** Size of the first account. */
  items: number;
  seed: number;
  registers?: number;
  /** How many times as fast as the wall clock the sandbox's time runs. */
  timeScale?: number;
  /** No rate limit. */
  unlimited?: boolean;
  switches?: Readonly<Record<string, string>>;
  clientId?: string;
  clientSecret?: string;
  redirectUri?: string;
  /** Where everything is kept, so that a restart goes on with it; nothing is kept without. */
  stateFile?: string;
};

/** A running sandbox with its first account, ready for use. */
export type Sandbox = {
  origin: string;
  apiUrl: string;
  authUrl: string;
  controlUrl: string;
  clientId: string;
  clientSecret: string;
  accountId: string;
  accessToken: string;
  refreshToken: string;
  nonAdminAccessToken: string;
  world: World;
  /** Changes the address that the client is registered with. */
  setRedirectUri: (url: string) => void;
  stop: () => Promise<void>;
};

/** Starts a till of its own. @throws Error for a busy port, RangeError for an unknown switch */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const changes = new Changes();
  const oauth = openOAuthTables(changes);
  const accounts: World['accounts'] = new Map();
  const switches = new Switches();
  for (const [name, position] of Object.entries(options.switches ?? {})) switches.set(name, position);
  const journal =
    options.stateFile === undefined ? undefined : openJournal(options.stateFile, { changes, oauth, accounts });
  try {
    const clock = new Clock(options.timeScale ?? 1, journal?.lastMs);
    if (journal) changes.keepIn((made) => journal.append(made, clock.nowMs()));
    const world: World = {
      clock,
      switches,
      changes,
      oauth,
      signingKey: changes.run(() => openSigningKey(oauth)),
      accounts,
      limiter: new RateLimiter(clock),
      faults: new FaultRules(options.seed),
      log: new RequestLog(),
      isLimited: !(options.unlimited ?? false),
      origin: '',
    };
    const client = changes.run(() => putClient(world, options));
    const first =
      [...accounts.keys()][0] ??
      openAccount(world, { seed: options.seed, items: options.items, registers: options.registers ?? 4 }).account;
    const tokens = issueTestTokens(world, first);
    const server = await startServer(world, options.port);
    const { origin } = server;
    return {
      origin,
      apiUrl: `${origin}/API/V3`,
      authUrl: `${origin}/auth/oauth`,
      controlUrl: `${origin}/__sandbox`,
      clientId: client.clientId,
      clientSecret: client.clientSecret,
      accountId: String(first),
      ...tokens,
      world,
      setRedirectUri: (url) => changes.run(() => void oauth.clients.update(client, { redirectUri: url })),
      stop: async () => {
        await server.stop();
        journal?.close();
      },
    };
  } catch (error) {
    journal?.close();
    throw error;
  }
}

/** The one registered client: what is given replaces what is stored. */
function putClient({ oauth }: World, { clientId, clientSecret, redirectUri }: SandboxOptions) {
  const given = {
    ...(clientId !== undefined && { clientId }),
    ...(clientSecret !== undefined && { clientSecret }),
    ...(redirectUri !== undefined && { redirectUri }),
  };
  const stored = oauth.clients.get(1);
  if (stored) return oauth.clients.update(stored, given);
  const usual = {
    clientId: 'sandbox-client',
    clientSecret: 'sandbox-secret',
    redirectUri: 'https://localhost/callback',
  };
  return oauth.clients.insert({ ...usual, ...given });
}
