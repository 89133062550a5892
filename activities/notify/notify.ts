import type { Database } from '../../db/database.ts';
import type { KeyRing } from '../../runtime/key-ring.ts';
import type { Deliver } from '../../webhooks/create-deliver.ts';
import type { NotifyInput } from '../../workflows/messages/notify.ts';
import { deliverEvents } from './deliver-events.ts';

export interface NotifyDeps {
  db: Database;
  ring: KeyRing;
  deliver: Deliver;
}

export type NotifyActivities = ReturnType<typeof createNotifyActivities>;

export function createNotifyActivities(deps: NotifyDeps) {
  return {
    deliverDueEvents: ({ tenant }: NotifyInput) => deliverEvents(deps, tenant),
  };
}
