import { randomUUID } from 'node:crypto';
import { recordEvent } from '../../db/notify/record-event.ts';
import { clearWakeUp } from '../../db/notify/wake-ups.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createLogger } from '../../runtime/logger.ts';
import { connectTemporal } from '../../temporal/connect-temporal.ts';
import { createSignals } from '../../temporal/signals.ts';
import { taskQueues } from '../../temporal/task-queues.ts';
import { createWake } from '../../temporal/wake.ts';
import { notifyWorkflowId } from '../../workflows/messages/notify.ts';
import { callApi, createTenant } from '../api/call-api.ts';
import { test as base, platformKey } from '../stack-test.ts';
import type { Receiver } from './receiver.ts';
import { startReceiver } from './receiver.ts';

interface Outbox {
  tenant: string;
  storefrontKey: string;
  /** Waits until the notify workflow has ended: from here on, nobody looks at the outbox unasked. */
  untilIdle(): Promise<void>;
  /** Commits an event, and then signals unless told to "crash" in between. */
  tell(subject: string, options?: { isSignalLost: boolean }): Promise<void>;
}

/** A tenant with a webhook set to a receiver of its own, and a way to make events happen. */
export const test = base.extend<{ receiver: Receiver; outbox: Outbox }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from this pattern
  receiver: async ({}, use) => {
    const receiver = await startReceiver();
    await use(receiver);
    await receiver.close();
  },
  outbox: async ({ app, db, receiver }, use) => {
    const { config } = app;
    const ring = createKeyRing(config.SECRET_KEYS);
    const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config;
    const temporal = await connectTemporal({ address, namespace }, ring);
    const timings = { settleWindowMs: 1_000, postDeadlineMs: 1_000 };
    const signals = createSignals(temporal.client, taskQueues(config.TASK_QUEUE), timings);
    const wake = createWake(signals, (owed) => clearWakeUp(db, owed), createLogger('test', 'silent'));
    const { tenant, storefront } = await createTenant(app.url, platformKey, `shop-${randomUUID().slice(0, 8)}`);
    const set = await callApi(app.url, 'PUT', `/v1/tenants/${tenant}/webhook`, {
      key: storefront.key,
      body: { url: receiver.url },
    });
    receiver.trust(String(set.body['secret']));
    await use({
      tenant,
      storefrontKey: storefront.key,
      async untilIdle() {
        await temporal.client.workflow.getHandle(notifyWorkflowId(tenant)).result();
      },
      async tell(subject, { isSignalLost } = { isSignalLost: false }) {
        const event = { type: 'listings.changed' as const, subject, data: {} };
        const owed = await db.transaction((tx) => recordEvent(tx, tenant, event));
        if (!isSignalLost) await wake([owed]);
      },
    });
    await temporal.close();
  },
});
