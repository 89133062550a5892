import postgres from 'postgres';
import type { KeyRing } from '../../runtime/key-ring.ts';
import type { World } from '../../sandbox/r-series/world.ts';

/** A sign-in whose connection has ended, and when that was committed, by the sandbox's clock. */
export interface EndedSignIn {
  signIn: number;
  atMs: number;
}

/** Notes when connections end, told by the database itself at the commit. */
export async function watchEndings(databaseUrl: string, ring: KeyRing, world: World) {
  const client = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await client.unsafe(`
    create function tell_ended() returns trigger language plpgsql as $$ begin
      perform pg_notify('connection_ended', json_build_object('tenant', new.tenant, 'token', old.access_token)::text);
      return new; end $$;
    create trigger tell_ended after update on connections for each row
      when (old.state in ('active', 'lost') and new.state in ('replaced', 'disconnected')) execute function tell_ended()`);
  const ended: EndedSignIn[] = [];
  await client.listen('connection_ended', (payload) => {
    const atMs = world.clock.nowMs();
    const { tenant, token } = JSON.parse(payload) as { tenant: string; token: string };
    const access = world.oauth.accessTokens.by('token', ring.open(token, `${tenant}/connections.accessToken`))[0];
    if (access) ended.push({ signIn: access.grantID, atMs });
  });
  return { ended, close: () => client.end() };
}
