import type { ApiClient } from '../sandbox/demo/api-client.ts';
import { createApiClient } from '../sandbox/demo/api-client.ts';
import type { SignInResult } from '../sandbox/demo/sign-in.ts';
import { signIn } from '../sandbox/demo/sign-in.ts';

/** One test's retailer: a tenant with its keys, and a Lightspeed account of its own in the sandbox. */
export interface Shop {
  tenant: string;
  accountId: string;
  /** Paths are relative to the tenant's: `admin.call('GET', '/setup')`. */
  admin: ApiClient;
  storefront: ApiClient;
  operator: ApiClient;
  platform: ApiClient;
  till: Till;
  /** Signs in at Lightspeed as an employee (1: the owner, 2: a manager without the Admin right). */
  connect(employeeId: string, body?: Record<string, unknown>): Promise<SignInResult>;
  /** Walks the whole wizard; what is given replaces the default choice of a step. */
  setUp(choices?: SetupChoices): Promise<void>;
}

export interface SetupChoices {
  stores?: { shopId: string; locationId: string }[];
  importSettings?: Record<string, unknown>;
  pricing?: Record<string, unknown>;
  orderExport?: Record<string, unknown>;
  complete?: boolean;
}

/** The till's own side, through the sandbox's control plane. */
export type Till = ReturnType<typeof createTillControl>;

/** A completed sale, as the sandbox's own books have it. Amounts are decimals without trailing zeros. */
export type BookedSale = {
  saleId: string;
  ticketNumber: string;
  referenceNumber: string;
  referenceNumberSource: string;
  completeTime: string | null;
  shopId: string;
  registerId: string;
  employeeId: string;
  customerId: string;
  shipToId: string;
  taxCategoryId: string;
  tax: string;
  total: string;
  balance: string;
  lines: {
    saleLineId: string;
    itemId: string;
    quantity: string;
    unitPrice: string;
    isTaxed: boolean;
    note: string;
    parentSaleLineId: string;
  }[];
  payments: { paymentTypeId: string; amount: string; remoteReference: string }[];
};

interface SandboxOrigin {
  controlUrl: string;
  setRedirectUri(uri: string): void;
  /** An account of the till to use in place of a new one. */
  account?: string;
}

export const webOrderExport = {
  mode: 'on',
  employeeId: '3',
  registerId: '4',
  defaultPaymentTypeId: '7',
} as const;

/** Creates the tenant, its keys and its account, of so many items. */
export async function createShop(
  apiUrl: string,
  sandbox: SandboxOrigin,
  tenant: string,
  platformKey: string,
  account: { items?: number; registers?: number } = {},
): Promise<Shop> {
  sandbox.setRedirectUri(`${apiUrl}/oauth/callback`);
  const platform = createApiClient(apiUrl, platformKey);
  const profile = { name: `Shop ${tenant}`, timeZone: 'America/New_York', currency: 'USD' };
  await platform.expect('PUT', `/v1/tenants/${tenant}`, profile);
  const access = async (role: string) => {
    const { key } = await platform.expect('POST', `/v1/tenants/${tenant}/keys`, { role, label: role });
    return inTenant(createApiClient(apiUrl, key as string), tenant);
  };
  const admin = await access('admin');
  const storefront = await access('storefront');
  const operator = await access('operator');
  const wanted = { seed: 1, items: 40, registers: 4, ...account };
  const accountId =
    sandbox.account ?? (await controlCall(sandbox.controlUrl, 'POST', '/accounts', wanted))['accountId'];
  const connect = async (employeeId: string, body: Record<string, unknown> = {}) => {
    const { authorizationUrl } = await admin.expect('POST', '/setup/connect', body);
    return signIn(authorizationUrl as string, { accountId: accountId as string, employeeId });
  };
  return {
    tenant,
    accountId: accountId as string,
    admin,
    storefront,
    operator,
    platform: inTenant(platform, tenant),
    till: createTillControl(sandbox.controlUrl, accountId as string),
    connect,
    async setUp(choices = {}) {
      await storefront.expect('PUT', '/locations', {
        locations: [
          { locationId: 'harbour', name: 'Harbour Street' },
          { locationId: 'mill', name: 'Old Mill' },
        ],
      });
      await storefront.expect('PUT', '/order-statuses', { statuses: [{ code: 'in-till', name: 'In the till' }] });
      const { status, body } = await connect('1');
      if (status !== 200) throw new Error(`connecting was answered ${status}: ${JSON.stringify(body)}`);
      await admin.expect('PUT', '/setup/stores', {
        stores: choices.stores ?? [
          { shopId: '1', locationId: 'harbour' },
          { shopId: '2', locationId: 'mill' },
        ],
      });
      await admin.expect('PUT', '/setup/import-settings', choices.importSettings ?? {});
      await admin.expect('PUT', '/setup/pricing', choices.pricing ?? { enabled: true, regularPriceLevelId: '1' });
      await admin.expect('PUT', '/setup/order-export', choices.orderExport ?? webOrderExport);
      if (choices.complete !== false) await admin.expect('POST', '/setup/complete');
    },
  };
}

/** What a test does in the till, and reads in its books. */
function createTillControl(controlUrl: string, accountId: string) {
  const call = (method: string, path: string, body?: unknown) =>
    controlCall(controlUrl, method, `/accounts/${accountId}${path}`, body);
  return {
    call,
    global: (method: string, path: string, body?: unknown) => controlCall(controlUrl, method, path, body),
    setStock: (stock: {
      itemId: string;
      shopId: string;
      qoh?: number;
      backorder?: number;
      reorderPoint?: number;
      reorderLevel?: number;
    }) => call('PUT', '/stock', stock),
    async sales(): Promise<BookedSale[]> {
      return (await call('GET', '/books/sales'))['sales'] as BookedSale[];
    },
    async customers(): Promise<Record<string, unknown>[]> {
      return (await call('GET', '/books/customers'))['customers'] as Record<string, unknown>[];
    },
    /** Adds a fault rule; it is taken away by `clearFaults`. */
    fault: (rule: Record<string, unknown>) =>
      controlCall(controlUrl, 'POST', '/faults', { account: accountId, ...rule }),
    clearFaults: () => call('DELETE', '/faults'),
  };
}

async function controlCall(
  controlUrl: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${controlUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the sandbox answered ${method} ${path} with ${response.status}: ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function inTenant(client: ApiClient, tenant: string): ApiClient {
  const base = `/v1/tenants/${tenant}`;
  return {
    call: (method, path, body) => client.call(method, base + path, body),
    expect: (method, path, body) => client.expect(method, base + path, body),
    text: (method, path) => client.text(method, base + path),
  };
}
