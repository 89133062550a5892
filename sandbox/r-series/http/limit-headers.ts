import type { Allowance, Verdict } from '../limiter/rate-limiter.ts';
import { allowanceFor } from '../limiter/rate-limiter.ts';
import type { World } from '../world.ts';
import type { Answer } from './answer.ts';
import { errorAnswer } from './answer.ts';
import type { Caller } from './authenticate.ts';

/** Charges a call and gives the headers of its answer, or the 429. */
export function chargeCall(
  world: World,
  caller: Caller,
  cost: number,
): { headers: Record<string, string>; refusal?: Answer } {
  const { books } = caller.call;
  const allowance = allowanceFor([...books.registers.all()].filter((register) => !register.archived).length);
  const hasBurstLimit = world.isLimited && world.switches.get('burst-limit', books.account) === 'on';
  const charged = world.isLimited ? allowance : { ...allowance, size: Number.POSITIVE_INFINITY };
  const verdict = world.limiter.charge(caller.bucketKey, world.isLimited ? cost : 0, charged, hasBurstLimit);
  const headers = limitHeaders(world, caller, cost, allowance, verdict);
  return verdict.kind === 'allowed' ? { headers } : { headers, refusal: tooMany(world, verdict, headers) };
}

/** The body is not published verbatim [GUESS]; rely on the status and the headers. */
function tooMany({ clock }: World, verdict: Verdict & { kind: 'refused' }, headers: Record<string, string>): Answer {
  const message = verdict.by === 'api-burst-limiter' ? 'Burst rate limit exceeded' : 'Rate Limit Exceeded';
  const retryAfter = String(Math.max(1, Math.ceil(verdict.waitSeconds / clock.scale)));
  return errorAnswer(429, message, 'RateLimitException', {
    ...headers,
    'x-ls-api-ratelimit-type': verdict.by,
    'retry-after': retryAfter,
  });
}

/** The drip rate and Retry-After are in the reader's seconds: at `--time-scale 20` a bucket drips 20 times as fast. */
function limitHeaders(
  { clock }: World,
  caller: Caller,
  cost: number,
  allowance: Allowance,
  verdict: Verdict,
): Record<string, string> {
  return {
    'x-ls-acct-id': String(caller.call.books.account),
    'x-ls-oauth-client-id': caller.clientId,
    'x-ls-api-bucket-level': `${verdict.level}/${allowance.size}`,
    'x-ls-api-burst-level': `${verdict.burstLevel}/${allowance.burst}`,
    'x-ls-api-drip-rate': String(allowance.dripRate * clock.scale),
    'x-ls-api-request-cost': String(cost),
  };
}
