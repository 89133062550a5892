import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { Database } from '../../db/database.ts';
import type { ClaimedEvent } from '../../db/notify/claim-events.ts';
import { claimEvents } from '../../db/notify/claim-events.ts';
import { noteFailingWebhook } from '../../db/notify/failing-webhook.ts';
import { finishAttempt } from '../../db/notify/finish-attempt.ts';
import { readOutboxState } from '../../db/notify/read-outbox-state.ts';
import { findWebhook } from '../../db/notify/webhook.ts';
import type { KeyRing } from '../../runtime/key-ring.ts';
import type { Deliver } from '../../webhooks/create-deliver.ts';
import { retryDelayMs } from './retry-delay.ts';

const AT_ONCE = 8;
/** Longer than a receiver may take, so that a claim outlives its own attempt. */
const LEASE_MS = 30_000;
/** Then the workflow takes over: its history says how far we got. */
const ROUND_MS = 20_000;
const ATTENTION_AFTER_MS = 24 * 3_600_000;

/** `waitMs`: until the next attempt is due; 0 for at once; null when nothing is left (or nobody wants events). */
export interface DeliveryRound {
  delivered: number;
  failed: number;
  undelivered: number;
  /** An event has failed for a day. */
  needsAttention: boolean;
  waitMs: number | null;
}

/**
 * Sends what is due, in order within each subject, and says when to come again. Safe to repeat: an event is claimed
 * before it is sent, and receivers know it by its id.
 */
export async function deliverEvents(
  { db, ring, deliver }: { db: Database; ring: KeyRing; deliver: Deliver },
  tenant: string,
): Promise<DeliveryRound> {
  const webhook = await findWebhook(db, ring, tenant);
  if (!webhook) return { delivered: 0, failed: 0, undelivered: 0, needsAttention: false, waitMs: null };
  const until = Date.now() + ROUND_MS;
  let delivered = 0;
  let failed = 0;
  const attempt = async (event: ClaimedEvent): Promise<void> => {
    const { id, type, number, subject, data } = event;
    const createdAt = event.createdAt.toISOString();
    const outcome = await deliver(webhook, { id, type, tenant, number, subject, createdAt, data });
    if (outcome.kind === 'delivered') delivered++;
    else failed++;
    const retryInMs = retryDelayMs(event.attempts, Math.random());
    await finishAttempt(db, event, outcome.kind === 'failed' ? { ...outcome, retryInMs } : outcome);
  };
  while (Date.now() < until && !cancellationSignal().aborted) {
    heartbeat();
    const events = await claimEvents(db, tenant, { limit: AT_ONCE, leaseMs: LEASE_MS });
    if (events.length === 0) break;
    await Promise.all(events.map(attempt));
  }
  const needsAttention = await noteFailingWebhook(db, tenant, ATTENTION_AFTER_MS);
  const { undelivered, nextDueInMs } = await readOutboxState(db, tenant);
  return { delivered, failed, undelivered, needsAttention, waitMs: nextDueInMs };
}
