import { createInventorySchedules } from '../../temporal/inventory-schedules.ts';
import { taskQueues } from '../../temporal/task-queues.ts';
import { inventorySyncScheduleId } from '../../workflows/messages/inventory.ts';
import type { SetupChoices, Shop } from '../shop.ts';
import type { Temporal } from '../stack-test.ts';
import { test as base } from '../stack-test.ts';
import { eventually } from './eventually.ts';
import { upc } from './upc.ts';

/** A listing, as the storefront reads it. */
export interface Listing {
  sku: string;
  version: number;
  removed: boolean;
  displayed: boolean;
  reason: string;
  quantity: number;
  quantityByLocation: Record<string, number>;
  price: string | null;
  salePrice: string | null;
  saleReason: string | null;
}

export interface Run {
  id: string;
  mode: string;
  trigger: string;
  state: string;
  pages: number;
  itemsSeen: number;
  listingsChanged: number;
  hidden: number;
  errorCode: string | null;
  errorMessage: string | null;
}

/** A shop whose till and catalogue hold the same goods: `SKU-1`, `SKU-2`, … by UPC, each 10.00 and 5 in shop 1. */
export interface Stockroom extends Shop {
  /** POS item ids, in the order of the SKUs. */
  itemIds: string[];
  /** Walks the wizard, waits until the first full pull has ended, and gives its run. */
  open(choices?: SetupChoices): Promise<Run>;
  listing(sku: string): Promise<Listing | undefined>;
  /** Every live listing: what a storefront that reads the whole feed has. */
  listings(): Promise<Listing[]>;
  runs(): Promise<Run[]>;
  /** Runs the sync now, and waits until it has ended. */
  poll(): Promise<Run>;
  /** The same of a full pull. */
  pullAll(trigger?: 'person' | 'schedule'): Promise<Run>;
  /** Waits for the end of the newest run of a mode that isn't among these. */
  nextRun(mode: string, before: Run[]): Promise<Run>;
  /** A fault of this shop's till alone. */
  breakTill(rule: Record<string, unknown>): Promise<void>;
  /** How often the till was asked for a resource since its account was opened. */
  asked(resource: string): Promise<number>;
}

type Schedules = ReturnType<typeof createInventorySchedules>;

interface StockroomParts {
  temporal: Temporal;
  schedules: Schedules;
}

export const test = base.extend<{
  schedules: Schedules;
  goods: number;
  stockroom: Stockroom;
}>({
  /** How many goods a stockroom holds. */
  goods: [3, { scope: 'file' }],
  schedules: [
    async ({ app, temporal }, use) => use(createInventorySchedules(temporal, taskQueues(app.config.TASK_QUEUE))),
    { scope: 'file' },
  ],
  stockroom: async ({ shop, temporal, schedules, goods }, use) =>
    use(await fillStockroom(shop, { temporal, schedules }, goods)),
});

/** Puts the same goods into the shop's till and its catalogue. */
export async function fillStockroom(shop: Shop, parts: StockroomParts, goods: number): Promise<Stockroom> {
  const itemIds: string[] = [];
  const items = Array.from({ length: goods }, (_, n) => ({ sku: `SKU-${n + 1}`, gtin1: upc(n + 1) }));
  for (const { sku, gtin1 } of items) {
    const thing = { description: sku, upc: gtin1, prices: { Default: '10' }, stock: [{ shopId: '1', qoh: 5 }] };
    itemIds.push((await shop.till.call('POST', '/items', thing))['itemId'] as string);
  }
  await shop.storefront.expect('PUT', '/catalog/items', { items });
  return createStockroom(shop, parts, itemIds);
}

function createStockroom(shop: Shop, { temporal, schedules }: StockroomParts, itemIds: string[]): Stockroom {
  const { admin, storefront, till, accountId, tenant } = shop;
  const runs = async () => (await admin.expect('GET', '/sync/runs?limit=200'))['runs'] as Run[];
  const ended = async (id: string) => {
    const run = (await admin.expect('GET', `/sync/runs/${id}`)) as unknown as Run;
    return run.state === 'running' ? null : run;
  };
  /** Asks again while a run before it takes its time. */
  const begin = (body: Record<string, unknown>) =>
    eventually(async () => {
      const answer = await admin.call('POST', '/sync/run', body);
      if (answer.status === 503) return null;
      if (answer.status !== 202 && answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return String(answer.body['runId']);
    });
  const nextRun = async (mode: string, before: Run[]) =>
    eventually(async () => {
      const [newest] = (await runs()).filter((run) => run.mode === mode && !before.some(({ id }) => id === run.id));
      return newest && newest.state !== 'running' ? newest : null;
    });
  const listings = async () => {
    const all: Listing[] = [];
    for (let after = 0; ; ) {
      const page = await storefront.expect('GET', `/listings?after=${after}&limit=1000`);
      const rows = page['listings'] as Listing[];
      if (rows.length === 0) return all.filter(({ removed }) => !removed).sort((a, b) => (a.sku < b.sku ? -1 : 1));
      all.push(...rows);
      after = page['next'] as number;
    }
  };
  return {
    ...shop,
    itemIds,
    async open(choices) {
      await shop.setUp(choices);
      // Each run is asked for: one that is due by the clock would come in between.
      await temporal.schedule.getHandle(inventorySyncScheduleId(tenant)).pause();
      return nextRun('full', []);
    },
    listings,
    listing: async (sku) => (await listings()).find((one) => one.sku === sku),
    runs,
    async poll() {
      // To ask while a run is under way gives that one, which may have read the till already.
      await eventually(async () => ((await runs()).some(({ state }) => state === 'running') ? null : true));
      const runId = await begin({});
      return eventually(() => ended(runId));
    },
    async pullAll(trigger = 'person') {
      if (trigger === 'person') {
        const runId = await begin({ mode: 'full' });
        return eventually(() => ended(runId));
      }
      const before = await runs();
      await schedules.startFullPull(tenant, trigger);
      return nextRun('full', before);
    },
    nextRun,
    async breakTill(rule) {
      await till.global('POST', '/faults', { account: accountId, ...rule });
    },
    async asked(resource) {
      const { requests } = await till.global('GET', '/requests');
      const path = `/Account/${accountId}/${resource}.json`;
      return (requests as { path: string }[]).filter((request) => request.path.includes(path)).length;
    },
  };
}
