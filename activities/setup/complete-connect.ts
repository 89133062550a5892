import { connectAccount } from '../../db/setup/connect-account.ts';
import { finishAttempt, keepAttemptPair } from '../../db/setup/finish-attempt.ts';
import type { Attempt } from '../../db/setup/read-attempt.ts';
import { readAttempt } from '../../db/setup/read-attempt.ts';
import { hasAdminRight } from '../../domain/setup/admin-right.ts';
import type { ConnectRefusal } from '../../domain/setup/connect-words.ts';
import { connectWords, notAdminMessage } from '../../domain/setup/connect-words.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import { requestedScopes } from '../../lightspeed/oauth-client.ts';
import type { ConnectOutcome } from '../../workflows/messages/setup.ts';
import type { AttemptPair } from './attempt-pair.ts';
import { openAttemptPair, openGrant, sealAttemptPair } from './attempt-pair.ts';
import { sealConnectionTokens } from './connection-tokens.ts';
import { outcomeOf } from './outcome-of.ts';
import type { SetupDeps } from './setup.ts';

type Deps = Pick<SetupDeps, 'db' | 'ring' | 'oauth' | 'readAccount' | 'wake'>;

/**
 * Brings an attempt to its end (R1–R4). The order makes it safe to repeat: the code is exchanged once and the pair kept,
 * sealed, before its first use; then its user's right is read; then one transaction makes the connection, or the
 * attempt is refused and its pair left to be revoked. A refusal touches nothing else (R3).
 * @throws LightspeedError when Lightspeed doesn't answer: nothing has been decided.
 */
export async function completeConnect(
  deps: Deps,
  { tenant, attemptId }: { tenant: string; attemptId: string },
): Promise<ConnectOutcome> {
  const { db } = deps;
  const attempt = await readAttempt(db, tenant, attemptId);
  if (!attempt || attempt.outcome) return outcomeOf(db, tenant, attempt);
  const refuse = async (code: ConnectRefusal, message = connectWords[code].message): Promise<ConnectOutcome> => {
    await finishAttempt(db, tenant, attemptId, { outcome: code, message });
    return outcomeOf(db, tenant, await readAttempt(db, tenant, attemptId));
  };
  try {
    const pair = await exchangedPair(deps, attempt);
    if (!pair) return await refuse('code-expired');
    const isGranted = (scope: string) => pair.scopes.includes(scope) || pair.scopes.includes('employee:all');
    if (pair.scopes.length > 0 && !requestedScopes.every(isGranted)) return await refuse('scope-missing');
    const granted = deps.readAccount(pair);
    const { rights, userName, employeeId } = await granted.session();
    if (!hasAdminRight(rights)) return await refuse('not-admin', notAdminMessage(userName));
    const { name: accountName } = await granted.account();
    const connection = {
      accountId: pair.accountId,
      accountName,
      userName,
      employeeId,
      ...sealConnectionTokens(deps.ring, tenant, pair),
    };
    const result = await db.transaction((tx) => connectAccount(tx, attempt, connection));
    if (result.kind === 'refused') return await refuse(result.code);
    if (result.kind === 'connected') await deps.wake(result.owed);
    return outcomeOf(db, tenant, await readAttempt(db, tenant, attemptId));
  } catch (error) {
    const code = refusalOf(error);
    if (code === null) throw error;
    return refuse(code);
  }
}

/** The pair kept by an earlier try, else the one that the code gives now; null without a code. */
async function exchangedPair({ db, ring, oauth }: Deps, attempt: Attempt): Promise<AttemptPair | null> {
  if (attempt.tokenPair) return openAttemptPair(ring, attempt.tenant, attempt.tokenPair);
  const grant = openGrant(ring, attempt);
  if (!grant) return null;
  const granted = await oauth.exchangeCode(grant);
  const pair = { ...granted, expiresAt: new Date(Date.now() + granted.expiresInMs).toISOString() };
  const kept = await keepAttemptPair(db, attempt.tenant, attempt.id, sealAttemptPair(ring, attempt.tenant, pair));
  if (kept) return pair;
  // Its outcome is known, or its tenant is gone: nobody will use the pair, and left alone it would live for 30 days.
  await oauth.revoke(pair.refreshToken);
  return null;
}

/** Which failures of Lightspeed decide the attempt; null: a later try may do better. */
function refusalOf(error: unknown): ConnectRefusal | null {
  if (!LightspeedError.is(error)) return null;
  if (error.kind === 'invalid-grant' || error.kind === 'unauthorised' || error.kind === 'connection-lost') {
    return 'code-expired';
  }
  if (error.kind === 'forbidden') return 'scope-missing';
  return error.retryable ? null : 'lightspeed-down';
}
