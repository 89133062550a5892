import type { Logger } from '../runtime/logger.ts';
import type { Signals } from './signals.ts';

/** A signal owed, as `db/notify/wake-ups.ts` keeps it. */
interface OwedSignal {
  tenant: string;
  kind: 'order-export' | 'order-refund' | 'notify' | 'sale-boundary' | 'connection-health';
  subject: string;
  requests: number;
}

/** Signals what is owed and forgets it. Never throws: the facts are committed, and the sweep repeats what is left. */
export type Wake = (owed: OwedSignal[]) => Promise<void>;

/** @param clear forgets one owed signal, unless it was requested again since. */
export function createWake(signals: Signals, clear: (owed: OwedSignal) => Promise<void>, log: Logger): Wake {
  const signal = ({ tenant, kind, subject }: OwedSignal): Promise<void> => {
    switch (kind) {
      case 'order-export':
        return signals.orderExport(tenant, subject);
      case 'order-refund': {
        const [orderId = '', refundId = ''] = subject.split('/');
        return signals.orderRefund(tenant, orderId, refundId);
      }
      case 'notify':
        return signals.notify(tenant);
      case 'sale-boundary':
        return signals.saleBoundary(tenant);
      case 'connection-health':
        return signals.connectionHealth(tenant);
    }
  };
  return async (owed) => {
    for (const one of owed) {
      try {
        await signal(one);
        await clear(one);
      } catch (error) {
        log.warn({ err: error, tenant: one.tenant, kind: one.kind }, 'could not signal; the sweep will');
      }
    }
  };
}
