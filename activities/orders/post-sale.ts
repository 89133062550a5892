import { cancellationSignal } from '@temporalio/activity';
import type { Claim } from '../../db/orders/claim-export.ts';
import { claimExport } from '../../db/orders/claim-export.ts';
import { finishExport } from '../../db/orders/finish-export.ts';
import { isHeld } from '../../db/orders/is-held.ts';
import { readHold } from '../../db/orders/read-hold.ts';
import { recordDoubt } from '../../db/orders/record-doubt.ts';
import { recordOpenSale } from '../../db/orders/record-open-sale.ts';
import { compareMoney } from '../../domain/money.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { Till, TillSale } from '../../lightspeed/till.ts';
import type { OrderExportInput } from '../../workflows/messages/orders.ts';
import { completeOpenSale } from './complete-open-sale.ts';
import { finishedSale } from './finished-sale.ts';
import { giveWay } from './give-way.ts';
import { newSale } from './new-sale.ts';
import type { OrderExportDeps } from './order-export.ts';
import type { Sending } from './sending.ts';
import { ClaimLost, SaleDiffers, within } from './sending.ts';
import { parkClaim, settleRefused } from './settle-refused.ts';
import { whileHeartbeating } from './while-heartbeating.ts';

/** `in-doubt`: the till may have the sale; the ledger still says claimed, and the next step settles it. */
export type PostOutcome = 'posted' | 'in-doubt' | 'refused' | 'postponed' | 'claim-lost' | 'not-now';

/**
 * Sends the planned sale once (R24), in these steps:
 * 1. open the till, since a token refresh must not eat into the deadline;
 * 2. claim the ledger's row: the fence rises, the deadline begins;
 * 3. right before the first byte leaves, check fence and deadline again, as the process may have been frozen since: the
 *    row by a query, and then the clock, with nothing awaited before the bytes go;
 * 4. on an answer, finish under the fence; on a definite refusal, park; if nothing left, give back; else leave the row
 *    claimed: nobody sends again before deadline and settle window have passed and two look-ups were empty.
 *
 * An open sale of the order is completed instead of making another. Never retried by Temporal.
 */
export async function postSale(deps: OrderExportDeps, input: OrderExportInput): Promise<PostOutcome> {
  const { db } = deps;
  const { tenant, orderId } = input;
  return whileHeartbeating(async () => {
    let till: Till;
    try {
      till = await deps.openTill(tenant, 'order');
    } catch (error) {
      await giveWay(deps, await readHold(db, tenant, orderId), error);
      return 'postponed';
    }
    const maySend = within(input.postDeadlineMs); // begins before the claim, so it ends before the row's deadline
    const claim = await db.transaction((tx) => claimExport(tx, input, till.connectionId, input));
    if (!claim) return 'not-now';
    const sending = startSending(deps, claim, maySend);
    try {
      return await finish(deps, claim, await send(deps, till, claim, sending));
    } catch (error) {
      return settle(deps, till, claim, sending, error);
    }
  });
}

function startSending({ db }: OrderExportDeps, claim: Claim, maySend: () => boolean): Sending {
  const sending: Sending = {
    mayHaveLeft: false,
    options: {
      signal: AbortSignal.any([cancellationSignal(), AbortSignal.timeout(claim.leftMs)]),
      beforeSend: async () => {
        if (!(await isHeld(db, claim))) throw new ClaimLost();
        sending.mayHaveLeft = true;
      },
      maySend,
    },
  };
  return sending;
}

async function send({ db }: OrderExportDeps, till: Till, claim: Claim, sending: Sending): Promise<TillSale> {
  const { plan, tenant, customerId, openSaleId } = claim;
  if (openSaleId !== null) return completeOpenSale(till, claim, openSaleId, sending);
  const sale = await till.createSale(newSale(plan, tenant, customerId), sending.options);
  if (sale.completed) return sale;
  if (!(await recordOpenSale(db, claim, sale.saleId))) throw new ClaimLost();
  sending.mayHaveLeft = false; // the POST is answered and noted: what is in doubt from here on is the PUT alone
  return completeOpenSale(till, claim, sale, sending);
}

async function finish({ db, wake }: OrderExportDeps, claim: Claim, sale: TillSale): Promise<PostOutcome> {
  const { total } = claim.plan.totals;
  const wakeUps = await db.transaction((tx) => finishExport(tx, claim, finishedSale(sale), total));
  if (!wakeUps) return 'claim-lost'; // the new holder finds the sale
  await wake(wakeUps);
  return 'posted';
}

async function settle(
  deps: OrderExportDeps,
  till: Till,
  claim: Claim,
  sending: Sending,
  error: unknown,
): Promise<PostOutcome> {
  if (error instanceof ClaimLost && !sending.mayHaveLeft) return 'claim-lost';
  if (error instanceof SaleDiffers) {
    await parkClaim(deps, claim, error.words);
    return 'refused';
  }
  if (sending.mayHaveLeft && !isDefinite(error)) {
    await recordDoubt(deps.db, claim, LightspeedError.is(error) ? error.message : 'its answer could not be recorded');
    return 'in-doubt';
  }
  if (LightspeedError.is(error, 'refused') || LightspeedError.is(error, 'forbidden')) {
    const cause = await settleRefused(deps, till, claim);
    if (cause !== 'unknown') return 'refused';
    if (error.kind === 'refused' && (await mayBeTotal(till, claim))) return sendOpen(deps, till, claim, sending, error);
    await parkClaim(deps, claim, refusal(error));
    return 'refused';
  }
  await giveWay(deps, claim, error);
  return 'postponed';
}

/** Whether the till may have reckoned another total than was predicted and paid: nobody can tell by its words. */
async function mayBeTotal(till: Till, { plan, openSaleId }: Claim): Promise<boolean> {
  if (plan.mode !== 'one-post' || openSaleId !== null) return false;
  const registers = await till.registers().catch((error: unknown) => {
    if (LightspeedError.is(error)) return [];
    throw error;
  });
  return registers.some(({ registerId, open }) => registerId === plan.registerId && open);
}

/**
 * Sends a sale that was refused as if its total could not be predicted: opened, read, and completed if it is right after
 * all but for what is tolerable. So a person sees both totals and both taxes, and may accept them. What was refused for
 * another reason stays open in the till, to be completed by a retry.
 */
async function sendOpen(
  deps: OrderExportDeps,
  till: Till,
  claim: Claim,
  sending: Sending,
  refused: LightspeedError,
): Promise<PostOutcome> {
  const { plan, tenant, customerId } = claim;
  sending.mayHaveLeft = false; // a refusal is an answer
  let opened = claim;
  try {
    const open = await till.createSale(
      newSale({ ...plan, mode: 'open-then-complete' }, tenant, customerId),
      sending.options,
    );
    opened = { ...claim, openSaleId: open.saleId };
    if (!(await recordOpenSale(deps.db, claim, open.saleId))) throw new ClaimLost();
    sending.mayHaveLeft = false;
    if (compareMoney(open.calcTotal, plan.totals.total) !== 0) {
      return await finish(deps, claim, await completeOpenSale(till, claim, open, sending));
    }
    const words = refusal(refused);
    await parkClaim(deps, claim, {
      ...words,
      remedy: `${words.remedy}: its open sale ${open.ticketNumber} is completed`,
    });
    return 'refused';
  } catch (error) {
    if (!LightspeedError.is(error, 'refused')) return settle(deps, till, opened, sending, error);
    await parkClaim(deps, claim, refusal(refused));
    return 'refused';
  }
}

function refusal(error: LightspeedError) {
  return {
    code: 'till-refused',
    message: `Lightspeed refused the sale: ${error.vendorMessage ?? error.message}`,
    remedy: 'Put right what it names, in Lightspeed or in the setup, and retry the order',
  };
}

/** Whether it is certain that the till did nothing: the client says so of every failure of a write but these. */
function isDefinite(error: unknown): boolean {
  return LightspeedError.is(error) && error.kind !== 'in-doubt' && error.kind !== 'malformed';
}
