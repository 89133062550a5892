import { assessOrder } from '../../db/orders/assess-order.ts';
import type { ExportStep } from '../../db/orders/decide-export.ts';
import type { OrderExportInput } from '../../workflows/messages/orders.ts';
import type { OrderExportDeps } from './order-export.ts';

/** The next step, and for the Temporal UI where the order stands. */
export type NextExportStep = ExportStep & { stage: string; details: string };

/** Decides from the rows alone what an order's export does next, and writes down where it stands. */
export async function readNextExportStep(
  { db, wake }: Pick<OrderExportDeps, 'db' | 'wake'>,
  { tenant, orderId, settleWindowMs }: OrderExportInput,
): Promise<NextExportStep> {
  const asker = { by: 'workflow', settleWindowMs } as const;
  const assessed = await db.transaction((tx) => assessOrder(tx, tenant, orderId, asker));
  if (!assessed) return { kind: 'end', stage: 'unknown', details: 'Nobody has told of this order' };
  await wake(assessed.wakeUps);
  const { step, state, message, messageCode } = assessed;
  // The vendor's own words may name a customer: they stay in the database.
  const details = state === 'attention' ? `Needs attention (${messageCode}): see the order` : message;
  return { ...step, stage: state, details };
}
