import type { Answer, ApiClient } from './api-client.ts';
import type { Report } from './report.ts';
import { signIn } from './sign-in.ts';
import { waitFor } from './wait-for.ts';

const OWNER = '1';
const MANAGER = '2';
const WEB_ORDERS = '3';

/** The chosen order export, with what some of the orders change. */
export interface OrderExportChoice {
  mode: 'on';
  employeeId: string;
  registerId: string;
  statusAfterExport: string;
  whenFulfilled: boolean;
  taxPolicy: 'line' | 'attention';
  defaultPaymentTypeId: string;
}

/** Walks the setup wizard as a retailer's admin, or says that it was walked before. */
export async function walkWizard(
  admin: ApiClient,
  report: Report,
  { tenant, accountId }: { tenant: string; accountId: string },
): Promise<OrderExportChoice> {
  const base = `/v1/tenants/${tenant}/setup`;
  const setup = await admin.expect('GET', base);
  const isDone = setup['completedAt'] !== null;
  const step = async (title: string, work: () => Promise<string>) => {
    if (!isDone) await report.step(title, async () => ({ words: await work(), value: undefined }));
  };
  if (isDone) report.line('  The wizard was completed by an earlier start.');
  await step('Connect as a manager', async () => {
    const { status, body } = await signIn(await authorizationUrl(admin, base), { accountId, employeeId: MANAGER });
    if (status !== 403) throw new Error(`a user without the Admin right was answered ${status}`);
    return `refused, as it must be: ${String(body['detail'])}`;
  });
  await step('Connect as the owner', async () => {
    const { status, body } = await signIn(await authorizationUrl(admin, base), { accountId, employeeId: OWNER });
    if (status !== 200) throw new Error(`the owner was answered ${status}: ${String(body['detail'])}`);
    return 'accepted';
  });
  const options = isDone ? null : await readOptions(admin, base);
  await step('Map two shops', async () => {
    const { warnings } = await admin.expect('PUT', `${base}/stores`, {
      stores: [
        { shopId: '1', locationId: 'harbour' },
        { shopId: '2', locationId: 'mill' },
      ],
    });
    return `Harbour Street and Old Mill; ${(warnings as string[]).join('; ') || 'no warnings'}`;
  });
  await step('Choose what is shown', async () => {
    await admin.expect('PUT', `${base}/import-settings`, { onHand: true, onOrder: true, reorder: false });
    return 'what is on hand or on order';
  });
  await step('Choose prices', async () => {
    const [regular, sale] = ['Default', 'Online'].map(
      (name) => findOption(options!, 'priceLevels', name)['priceLevelId'] as string,
    );
    await admin.expect('PUT', `${base}/pricing`, {
      enabled: true,
      regularPriceLevelId: regular,
      salePriceLevelId: sale,
    });
    return 'regular price level Default, sale price level Online';
  });
  const orderExport: OrderExportChoice = {
    mode: 'on',
    employeeId: WEB_ORDERS,
    registerId: options
      ? (findOption(options, 'registers', 'Online')['registerId'] as string)
      : chosen(setup, 'registerId'),
    statusAfterExport: 'in-till',
    whenFulfilled: false,
    taxPolicy: 'line',
    defaultPaymentTypeId: options
      ? (findOption(options, 'paymentTypes', 'Web Payment')['paymentTypeId'] as string)
      : chosen(setup, 'defaultPaymentTypeId'),
  };
  await step('Choose how orders go out', async () => {
    await admin.expect('PUT', `${base}/order-export`, orderExport);
    return 'employee Web Orders, register Online, status "In the till" after export';
  });
  await step('Complete', async () => {
    await admin.expect('POST', `${base}/complete`);
    return 'done; the first sync begins';
  });
  return orderExport;
}

async function authorizationUrl(admin: ApiClient, base: string): Promise<string> {
  const { authorizationUrl: url } = await admin.expect('POST', `${base}/connect`, {});
  return url as string;
}

/** The rate budget may be short right after a restart: asks again while the answer is "later". */
async function readOptions(admin: ApiClient, base: string): Promise<Record<string, unknown>> {
  return waitFor('the choices of the Lightspeed account', 60_000, async () => {
    const answer: Answer = await admin.call('GET', `${base}/options`);
    return answer.status === 200
      ? { done: answer.body }
      : { seen: `${answer.status} ${String(answer.body['detail'])}` };
  });
}

function findOption(options: Record<string, unknown>, list: string, name: string): Record<string, unknown> {
  const found = (options[list] as Record<string, unknown>[]).find((option) => option['name'] === name);
  if (!found) throw new Error(`the account has no ${name} among its ${list}`);
  return found;
}

function chosen(setup: Record<string, unknown>, field: string): string {
  const { choices } = setup as { choices: { orderExport: Record<string, string> } };
  return choices.orderExport[field]!;
}
