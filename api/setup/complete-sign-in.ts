import { attemptBinding } from '../../db/setup/attempt-binding.ts';
import { finishAttempt } from '../../db/setup/finish-attempt.ts';
import { readAttempt } from '../../db/setup/read-attempt.ts';
import { readSetup } from '../../db/setup/read-setup.ts';
import { useAttempt } from '../../db/setup/use-attempt.ts';
import { Problem } from '../../domain/problem.ts';
import type { ConnectRefusal } from '../../domain/setup/connect-words.ts';
import { connectWords } from '../../domain/setup/connect-words.ts';
import { connectUpdate } from '../../workflows/messages/setup.ts';
import type { ApiParts } from '../http/api-parts.ts';
import { hashState } from './hash-state.ts';
import { updateSetup } from './run-step.ts';

/** What Lightspeed sends the browser back with. */
export interface SignInAnswer {
  state: string;
  code?: string | undefined;
  error?: string | undefined;
}

/**
 * Brings a sign-in to its end. The code is stored, sealed, before the wizard is told, so that it is in no history.
 * @param callerTenant whose key came along; a browser brings none, and the state alone tells whose sign-in it is.
 * @throws Problem of its own for each way in which it can fail, with what to do.
 */
export async function completeSignIn(
  parts: ApiParts,
  { state, code, error }: SignInAnswer,
  callerTenant: string | null,
): Promise<{ tenant: string; accountId: string; accountName: string }> {
  const { db, ring } = parts;
  const seal = code === undefined ? null : (tenant: string) => ring.seal(code, attemptBinding(tenant, 'code'));
  const use = await useAttempt(db, hashState(state), callerTenant, seal);
  if (use.kind !== 'used') throw staleState(use.kind);
  const { tenant, attemptId } = use;
  if (code === undefined) {
    const refusal = refusalOfVendor(error);
    await finishAttempt(db, tenant, attemptId, { outcome: refusal, message: connectWords[refusal].message });
    throw refused(refusal, null);
  }
  const outcome = await updateSetup(parts, tenant, connectUpdate, { attemptId }, `connect/${attemptId}`);
  if (outcome.kind === 'refused') {
    const attempt = await readAttempt(db, tenant, attemptId);
    throw refused(outcome.code, attempt?.outcomeMessage ?? null);
  }
  const { connection } = await readSetup(db, tenant);
  return { tenant, accountId: outcome.accountId, accountName: connection?.accountName ?? '' };
}

const again = 'Click Connect again: each sign-in starts there and is good once.';

function staleState(kind: 'unknown' | 'other-tenant' | 'used-before' | 'expired'): Problem {
  switch (kind) {
    case 'unknown':
      return new Problem('state-unknown', 'This sign-in was not started here', { field: 'state', remedy: again });
    case 'other-tenant':
      return new Problem('state-of-other-tenant', 'This sign-in was started for another storefront', {
        field: 'state',
        remedy: 'Click Connect in the storefront that this key belongs to. Nothing was used up or changed.',
      });
    case 'used-before':
      return new Problem('state-used', 'This sign-in was used before', { field: 'state', remedy: again });
    case 'expired':
      return new Problem('state-expired', 'This sign-in took too long', { field: 'state', remedy: again });
  }
}

/** @see RFC 6749, 4.1.2.1 */
function refusalOfVendor(error: string | undefined): ConnectRefusal {
  if (error === 'access_denied') return 'user-denied';
  if (error === 'invalid_scope') return 'scope-missing';
  return 'lightspeed-down';
}

function refused(code: string, message: string | null): Problem {
  const known = isRefusal(code) ? code : 'lightspeed-down';
  const words = connectWords[known];
  return new Problem(known, message ?? words.message, { remedy: words.remedy });
}

function isRefusal(code: string): code is ConnectRefusal {
  return Object.hasOwn(connectWords, code);
}
