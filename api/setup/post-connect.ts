import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { attemptBinding } from '../../db/setup/attempt-binding.ts';
import { insertAttempt } from '../../db/setup/insert-attempt.ts';
import { readSetup } from '../../db/setup/read-setup.ts';
import { setupAdvice } from '../../domain/setup/setup-steps.ts';
import { challengeOf, createVerifier } from '../../lightspeed/pkce.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { hashState } from './hash-state.ts';
import { startSetup } from './run-step.ts';

export const postConnectEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/setup/connect',
  roles: ['admin'],
  summary: 'Begin to connect Lightspeed: open the answered address in a browser',
  description:
    'The address is good once, until `expiresAt`. Only a Lightspeed user with the Admin role can complete it. Until ' +
    'then nothing changes: an existing connection keeps working.',
  params: TenantParams,
  body: z
    .strictObject({
      takeOver: z.boolean().default(false).describe('Disconnect another storefront that has this account'),
      changeAccount: z
        .boolean()
        .default(false)
        .describe('Accept another account than before, and forget stores, pricing, order export and mappings'),
    })
    .prefault({}),
  success: {
    status: 201,
    body: z
      .object({
        authorizationUrl: z.url(),
        expiresAt: z.iso.datetime(),
        warning: z.string().nullable().describe('What will stop working'),
        advice: z.array(z.string()),
      })
      .meta({ id: 'ConnectAttempt' }),
  },
  async handle({ params: { tenant }, body, caller }, parts) {
    const { db, ring, oauth, config } = parts;
    const state = randomBytes(32).toString('base64url');
    const verifier = createVerifier();
    const { expiresAt } = await insertAttempt(
      db,
      {
        tenant,
        ...body,
        stateHash: hashState(state),
        verifier: ring.seal(verifier, attemptBinding(tenant, 'verifier')),
        keyId: caller?.keyId ?? null,
      },
      config.CONNECT_ATTEMPT_MS,
    );
    const { connection, setup } = await readSetup(db, tenant);
    if (!setup.completedAt) await startSetup(parts, tenant);
    const isLive = connection?.state === 'active' || connection?.state === 'lost';
    return {
      body: {
        authorizationUrl: oauth.authorizationUrl({ state, codeChallenge: challengeOf(verifier) }),
        expiresAt: expiresAt.toISOString(),
        warning: isLive
          ? `Once new credentials are connected, the present connection to "${connection.accountName}" no longer works.`
          : null,
        advice: [...setupAdvice.connect],
      },
    };
  },
});
