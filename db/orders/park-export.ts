import type { Transaction } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import type { ExportHold } from './move-export.ts';
import { moveExport } from './move-export.ts';
import { openOrderAttention } from './open-order-attention.ts';

/**
 * Parks an export that a person must decide on: it goes on when it is retried or resolved.
 * @returns the wake-ups to signal; null when the fence is no longer the row's.
 */
export async function parkExport(
  tx: Transaction,
  hold: ExportHold,
  words: { code: string; message: string; remedy: string; difference?: string },
): Promise<WakeUp[] | null> {
  const moved = await moveExport(tx, hold, {
    from: ['waiting', 'claimed', 'in-doubt'],
    to: 'attention',
    situation: { kind: 'attention', reason: words.message, remedy: words.remedy },
    code: words.code,
    set: { nextTryAt: null, difference: words.difference ?? null },
  });
  return moved ? openOrderAttention(tx, hold.tenant, hold.orderId, words) : null;
}
