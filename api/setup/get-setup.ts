import type { z } from 'zod';
import { listOrderStatuses } from '../../db/orders/order-status-list.ts';
import { listEmptyLevels } from '../../db/setup/list-empty-levels.ts';
import { listLocationNames } from '../../db/setup/list-location-names.ts';
import { listSetupChanges } from '../../db/setup/list-setup-changes.ts';
import { readLastOutcome } from '../../db/setup/read-attempt.ts';
import type { StoredConnection } from '../../db/setup/read-setup.ts';
import { readSetup } from '../../db/setup/read-setup.ts';
import { readZone } from '../../db/setup/read-zone.ts';
import { summariseSetup } from '../../db/setup/summarise-setup.ts';
import type { ConnectRefusal } from '../../domain/setup/connect-words.ts';
import { connectWords } from '../../domain/setup/connect-words.ts';
import { defaultOrderExport, defaultSettings } from '../../domain/setup/default-settings.ts';
import type { PricingSettings } from '../../domain/setup/settings.ts';
import { nextStep } from '../../domain/setup/setup-steps.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { describeSteps } from './describe-steps.ts';
import { diagnoseMapping } from './diagnose-mapping.ts';
import { SetupBody } from './setup-body.ts';

type Body = z.input<typeof SetupBody>;

export const getSetupEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/setup',
  roles: ['admin', 'operator'],
  summary: 'Read the setup: what is done, to do or wrong, and what comes next',
  params: TenantParams,
  success: { status: 200, body: SetupBody },
  async handle({ params: { tenant } }, { db }) {
    const stored = await readSetup(db, tenant);
    const { setup, stores, connection } = stored;
    const live = {
      locations: await listLocationNames(db, tenant),
      statuses: (await listOrderStatuses(db, tenant)).map(({ code }) => code),
      emptyLevels: await listEmptyLevels(db, tenant, levelsOf(setup.pricing)),
    };
    const changes = await listSetupChanges(db, tenant, 20);
    const body: Body = {
      version: setup.version,
      completedAt: setup.completedAt?.toISOString() ?? null,
      exportFrom: setup.exportFrom?.toISOString() ?? null,
      nextStep: nextStep(summariseSetup(stored)),
      steps: describeSteps(stored, live),
      connection: connectionBody(connection),
      lastAttempt: lastAttemptBody(await readLastOutcome(db, tenant)),
      choices: {
        stores,
        importSettings: setup.importSettings,
        pricing: setup.pricing,
        orderExport: setup.orderExport,
        sync: setup.sync,
      },
      defaults: { ...defaultSettings, orderExportWhenOn: defaultOrderExport },
      timeZone: await readZone(db, tenant),
      nothingMaps: await diagnoseMapping(db, tenant),
      changes: changes.map((change) => ({ ...change, at: change.at.toISOString() })),
    };
    return { body, headers: { etag: `"${setup.version}"` } };
  },
});

function levelsOf(pricing: PricingSettings | null): string[] {
  if (!pricing?.enabled) return [];
  return [pricing.regularPriceLevelId, pricing.salePriceLevelId].filter((id) => id !== null);
}

function connectionBody(connection: StoredConnection | null): Body['connection'] {
  return {
    state: connection?.state ?? 'none',
    reason: connection?.stateReason ?? null,
    accountId: connection?.accountId ?? null,
    accountName: connection?.accountName ?? null,
    userName: connection?.userName ?? null,
    connectedAt: connection?.connectedAt.toISOString() ?? null,
  };
}

function lastAttemptBody(last: { at: Date; outcome: string; message: string | null } | null): Body['lastAttempt'] {
  if (!last) return null;
  const words = connectWords[last.outcome as ConnectRefusal] as { remedy: string } | undefined;
  return { at: last.at.toISOString(), outcome: last.outcome, message: last.message, remedy: words?.remedy ?? null };
}
