import type { Client, ScheduleOptionsAction } from '@temporalio/client';
import { ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import { TypedSearchAttributes, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import type { FullPullInput, InventorySyncInput } from '../workflows/messages/inventory.ts';
import {
  fullPullScheduleId,
  fullPullWorkflow,
  fullPullWorkflowId,
  inventorySyncScheduleId,
  inventorySyncWorkflow,
} from '../workflows/messages/inventory.ts';
import type { OrderAuditInput } from '../workflows/messages/orders.ts';
import { orderAuditScheduleId, orderAuditWorkflow } from '../workflows/messages/orders.ts';
import { needsAttention, tenantId } from './search-attributes.ts';
import type { TaskQueues } from './task-queues.ts';

/** What a tenant's Schedules are made from. */
export interface ScheduleSettings {
  tenant: string;
  timeZone: string;
  intervalMinutes: number;
  isPaused: boolean;
}

export type InventorySchedules = ReturnType<typeof createInventorySchedules>;

const minuteMs = 60_000;
/** Stands behind the run's own deadline, which records the failure. */
const backstopMs = 2 * minuteMs;
/** Full pulls are due between 1 and 5 at night by the tenant's clock, each tenant at a minute of its own. */
const night = { firstHour: 1, hours: 4 };

/** A tenant's Schedules: `inventory-sync/{tenant}`, and nightly `full-pull/{tenant}` and `order-audit/{tenant}`. */
export function createInventorySchedules(client: Client, queues: TaskQueues) {
  const attributes = (tenant: string) =>
    new TypedSearchAttributes([
      { key: tenantId, value: tenant },
      { key: needsAttention, value: false },
    ]);

  async function put(scheduleId: string, settings: ScheduleSettings, definition: Definition): Promise<void> {
    const state = { paused: settings.isPaused, note: settings.isPaused ? 'Paused by an admin' : 'Running' };
    try {
      await client.schedule.create({ scheduleId, ...definition, state });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await client.schedule.getHandle(scheduleId).update(() => ({ ...definition, state }));
    }
  }

  function syncDefinition({ tenant, intervalMinutes }: ScheduleSettings): Definition {
    const intervalMs = intervalMinutes * minuteMs;
    const deadlineMs = Math.max(5 * minuteMs, 0.9 * intervalMs);
    const input: InventorySyncInput = { tenant, trigger: 'schedule', deadlineMs };
    // Intervals count from the epoch: a thousand tenants would all be due at the full half hour.
    const offset = spread(tenant, intervalMs / 1_000) * 1_000;
    return {
      spec: { intervals: [{ every: intervalMs, offset }], jitter: Math.min(minuteMs, intervalMs / 10) },
      action: {
        type: 'startWorkflow',
        workflowType: inventorySyncWorkflow,
        workflowId: inventorySyncScheduleId(tenant),
        taskQueue: queues.bulk,
        args: [input],
        workflowRunTimeout: deadlineMs + backstopMs,
        typedSearchAttributes: attributes(tenant),
        staticSummary: `Stock and prices of ${tenant}`,
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: intervalMs },
    };
  }

  function pullAction(tenant: string) {
    const input: FullPullInput = { tenant, trigger: 'schedule' };
    return {
      workflowId: fullPullWorkflowId(tenant),
      taskQueue: queues.bulk,
      args: [input],
      typedSearchAttributes: attributes(tenant),
      staticSummary: `Full pull of ${tenant}`,
    };
  }

  function pullDefinition({ tenant, timeZone }: ScheduleSettings): Definition {
    const minuteOfNight = spread(tenant, night.hours * 60);
    const hour = night.firstHour + Math.floor(minuteOfNight / 60);
    return {
      spec: { calendars: [{ hour, minute: minuteOfNight % 60 }], timezone: timeZone },
      action: { type: 'startWorkflow', workflowType: fullPullWorkflow, ...pullAction(tenant) },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '6 hours' },
    };
  }

  function auditAction(tenant: string, trigger: OrderAuditInput['trigger']) {
    const input: OrderAuditInput = { tenant, trigger };
    return {
      workflowId: orderAuditScheduleId(tenant),
      taskQueue: queues.bulk,
      args: [input],
      typedSearchAttributes: attributes(tenant),
      staticSummary: `The till's sales of ${tenant} against its exported orders`,
    };
  }

  /** Half a night after the full pull, so that they don't share the budget. */
  function auditDefinition({ tenant, timeZone }: ScheduleSettings): Definition {
    const nightMinutes = night.hours * 60;
    const minuteOfNight = (spread(tenant, nightMinutes) + nightMinutes / 2) % nightMinutes;
    const hour = night.firstHour + Math.floor(minuteOfNight / 60);
    return {
      spec: { calendars: [{ hour, minute: minuteOfNight % 60 }], timezone: timeZone },
      action: { type: 'startWorkflow', workflowType: orderAuditWorkflow, ...auditAction(tenant, 'schedule') },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '6 hours' },
    };
  }

  return {
    /** Makes the tenant's Schedules, or brings them in step with its settings. Safe to repeat. */
    async apply(settings: ScheduleSettings): Promise<void> {
      await put(inventorySyncScheduleId(settings.tenant), settings, syncDefinition(settings));
      await put(fullPullScheduleId(settings.tenant), settings, pullDefinition(settings));
      // Orders go on while the sync is paused.
      await put(orderAuditScheduleId(settings.tenant), { ...settings, isPaused: false }, auditDefinition(settings));
    },
    /** Takes them away; a run under way ends by itself. Safe to repeat. */
    async remove(tenant: string): Promise<void> {
      for (const scheduleId of [
        inventorySyncScheduleId(tenant),
        fullPullScheduleId(tenant),
        orderAuditScheduleId(tenant),
      ]) {
        await client.schedule
          .getHandle(scheduleId)
          .delete()
          .catch((error: unknown) => {
            if (!(error instanceof ScheduleNotFoundError)) throw error;
          });
      }
    },
    /**
     * Runs the sync now, or right after the run that is under way: what was committed before the call is then seen.
     * @returns false for a tenant without Schedules: its setup isn't completed, or it is disconnected.
     */
    async runSync(tenant: string): Promise<boolean> {
      try {
        await client.schedule.getHandle(inventorySyncScheduleId(tenant)).trigger(ScheduleOverlapPolicy.BUFFER_ONE);
        return true;
      } catch (error) {
        if (error instanceof ScheduleNotFoundError) return false;
        throw error;
      }
    },
    /** Begins a full pull, unless the last one begun in this way is still under way. */
    async startFullPull(tenant: string, trigger: FullPullInput['trigger']): Promise<void> {
      const input: FullPullInput = { tenant, trigger };
      await client.workflow.start(fullPullWorkflow, {
        ...pullAction(tenant),
        args: [input],
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      });
    },
    /** Begins an audit of the orders, unless one begun in this way is under way. @returns its id. */
    async startAudit(tenant: string): Promise<string> {
      const { firstExecutionRunId } = await client.workflow.start(orderAuditWorkflow, {
        ...auditAction(tenant, 'person'),
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      });
      return firstExecutionRunId;
    },
  };
}

interface Definition {
  spec: ScheduleSpecification;
  action: ScheduleOptionsAction;
  policies: { overlap: ScheduleOverlapPolicy; catchupWindow: number | '6 hours' };
}

type ScheduleSpecification = Parameters<Client['schedule']['create']>[0]['spec'];

/** A number below `range`, always the same for a name, spread evenly over names. */
function spread(name: string, range: number): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + character.charCodeAt(0)) % 1_000_003;
  return hash % range;
}
