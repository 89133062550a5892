import { Problem } from '../../domain/problem.ts';
import type { Database, Transaction } from '../database.ts';
import { resolveAttention } from '../notify/attention.ts';
import { orderHistory } from '../schema/orders.ts';
import type { OrderFacts } from './load-order-facts.ts';
import { loadOrderFacts } from './load-order-facts.ts';
import { moveExport } from './move-export.ts';
import type { RecordedFact } from './record-fact.ts';
import { recordFact } from './record-fact.ts';
import { requireOrder } from './require-order.ts';
import type { Settler } from './settle-by-hand.ts';
import { keyLabel } from './settle-by-hand.ts';

/**
 * A person accepts what an order needs attention for, as it stands (R36): a difference of totals becomes a line of its
 * own, and so does a tax that no category gives; both hold for these very figures only. What was found after the export
 * is closed, and the sale stands.
 * @throws Problem `order-unknown`, or `nothing-to-accept` when what is open can't be accepted.
 */
export async function acceptAsItStands(
  db: Database,
  tenant: string,
  orderId: string,
  settler: Settler,
): Promise<RecordedFact> {
  await requireOrder(db, tenant, orderId);
  return recordFact(db, tenant, orderId, async (tx) => {
    const facts = (await loadOrderFacts(tx, tenant, orderId))!;
    const { state } = facts.ledger;
    if (state === 'exported' || state === 'resolved') return closeAfterExport(tx, facts, settler);
    const accepted = acceptedFigures(facts);
    if (!accepted) throw nothingToAccept();
    await moveExport(
      tx,
      { tenant, orderId, fence: facts.ledger.fence, zone: facts.zone },
      {
        from: ['attention'],
        to: 'waiting',
        situation: { kind: 'exporting' },
        code: 'accepted',
        set: { ...accepted, lookUps: 0, attempts: 0, nextTryAt: null },
        keyId: settler.keyId,
      },
    );
    await resolveAttention(tx, tenant, { kind: 'order', id: orderId });
    return null;
  });
}

function acceptedFigures({ ledger, snapshot }: OrderFacts) {
  if (ledger.state !== 'attention') return null;
  switch (ledger.messageCode) {
    case 'total-mismatch':
      return { acceptedDifference: ledger.difference };
    case 'open-sale-differs':
      return { acceptedTillDifference: ledger.difference };
    case 'tax-mismatch':
      return { acceptedTax: snapshot!.taxTotal };
    default:
      return null;
  }
}

async function closeAfterExport(tx: Transaction, { tenant, orderId }: OrderFacts, { keyId }: Settler): Promise<null> {
  const wasOpen = await resolveAttention(tx, tenant, { kind: 'order', id: orderId });
  if (!wasOpen) throw nothingToAccept();
  const message = `Accepted as it stands by ${await keyLabel(tx, tenant, keyId)}`;
  await tx.insert(orderHistory).values({ tenant, orderId, code: 'accepted', message, keyId });
  return null;
}

function nothingToAccept(): Problem {
  return new Problem('nothing-to-accept', 'Nothing about this order can be accepted as it stands', {
    remedy: 'Read its message: retry it, or resolve it as a ticket or as never to be exported',
  });
}
