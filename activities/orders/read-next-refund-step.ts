import { assessRefund } from '../../db/orders/assess-refund.ts';
import type { RefundStep } from '../../db/orders/decide-refund.ts';
import type { OrderRefundInput } from '../../workflows/messages/orders.ts';
import type { OrderExportDeps } from './order-export.ts';

/** The next step, and for the Temporal UI where the refund stands. */
export type NextRefundStep = RefundStep & { stage: string; details: string };

/** Decides from the rows alone what a refund does next, and writes down where it stands. */
export async function readNextRefundStep(
  { db, wake }: Pick<OrderExportDeps, 'db' | 'wake'>,
  input: OrderRefundInput,
): Promise<NextRefundStep> {
  const asker = { by: 'workflow', settleWindowMs: input.settleWindowMs } as const;
  const assessed = await db.transaction((tx) => assessRefund(tx, input, asker));
  if (!assessed) return { kind: 'end', stage: 'unknown', details: 'Nobody has told of this refund' };
  await wake(assessed.wakeUps);
  const { decision, facts } = assessed;
  const { step, state, words } = decision;
  const { code, message } = words ?? { code: facts.refund.messageCode, message: facts.refund.message };
  // The vendor's own words may name a customer: they stay in the database.
  const details = state === 'attention' ? `Needs attention (${code}): see the order` : message;
  return { ...step, stage: state, details };
}
