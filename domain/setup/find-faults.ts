import { hasAdminRight } from './admin-right.ts';
import type { OrderExportSettings, PricingSettings } from './settings.ts';
import type { SetupStep } from './setup-steps.ts';
import {
  whyEmployeeUnusable,
  whyPaymentTypeUnusable,
  whyPriceLevelUnusable,
  whyRegisterUnusable,
} from './why-unusable.ts';

/** Each kind of what can go wrong with a step after it was done, by the code under which a person finds it (R36). */
export const faultCodes = [
  'admin-right-gone',
  'shop-gone',
  'price-level-gone',
  'employee-unusable',
  'register-unusable',
  'payment-type-unusable',
] as const;
export type FaultCode = (typeof faultCodes)[number];

export interface SetupFault {
  step: Exclude<SetupStep, 'complete'>;
  code: string;
  reason: string;
  remedy: string;
}

/** What of Lightspeed the settings rest on. An empty list that the settings don't need isn't looked at. */
export interface TillLists {
  shops: readonly { shopId: string; archived: boolean }[];
  priceLevels: readonly { priceLevelId: string; archived: boolean }[];
  employees: readonly { employeeId: string; archived: boolean; lockedOut: boolean; limitToShopId: string | null }[];
  registers: readonly { registerId: string; archived: boolean }[];
  paymentTypes: readonly { paymentTypeId: string; archived: boolean; type: string }[];
}

export interface ChosenSettings {
  stores: readonly { shopId: string; shopName: string }[];
  pricing: PricingSettings | null;
  orderExport: OrderExportSettings | null;
}

type Fault = SetupFault & { code: FaultCode };

/** Whether the connection's user may still do what a connection needs (R2). */
export function findUserFault(rights: Readonly<Record<string, unknown>>): Fault[] {
  if (hasAdminRight(rights)) return [];
  return [
    {
      step: 'connect',
      code: 'admin-right-gone',
      reason: 'The Lightspeed user of the connection no longer has the Admin right.',
      remedy: 'Give them the Admin role again in Lightspeed, or connect again as a user who has it.',
    },
  ];
}

/** Which choices Lightspeed no longer honours: archived, locked or gone since they were made. At most one of each code. */
export function findChoiceFaults({ stores, pricing, orderExport }: ChosenSettings, lists: TillLists): Fault[] {
  const faults: Fault[] = [];
  const lostShops = stores.filter(
    ({ shopId }) => lists.shops.find((shop) => shop.shopId === shopId)?.archived !== false,
  );
  if (lostShops.length > 0) {
    faults.push({
      step: 'stores',
      code: 'shop-gone',
      reason: `Mapped shops are archived or gone in Lightspeed: ${lostShops.map(({ shopName }) => `"${shopName}"`).join(', ')}.`,
      remedy: 'Take them out of the stores step, or bring them back in Lightspeed.',
    });
  }
  if (pricing?.enabled) faults.push(...priceLevelFaults(pricing, lists));
  if (orderExport && orderExport.mode !== 'off') faults.push(...exportFaults(orderExport, lists));
  return faults;
}

function priceLevelFaults(pricing: PricingSettings & { enabled: true }, { priceLevels }: TillLists): Fault[] {
  const { regularPriceLevelId, salePriceLevelId } = pricing;
  const why = [regularPriceLevelId, ...(salePriceLevelId === null ? [] : [salePriceLevelId])]
    .map((id) =>
      whyGone(
        priceLevels.find((level) => level.priceLevelId === id),
        'price level',
        whyPriceLevelUnusable,
      ),
    )
    .find((each) => each !== null);
  if (!why) return [];
  const remedy = 'Choose another price level in the pricing step, or bring it back in Lightspeed.';
  return [{ step: 'pricing', code: 'price-level-gone', reason: `${why}.`, remedy }];
}

function exportFaults(settings: OrderExportSettings & { mode: 'dry-run' | 'on' }, lists: TillLists): Fault[] {
  const places = [settings, ...Object.values(settings.registerByLocation)];
  const shopIds = places.map(({ shopId }) => shopId);
  const employee = lists.employees.find(({ employeeId }) => employeeId === settings.employeeId);
  const found: [FaultCode, string | null | undefined][] = [
    ['employee-unusable', whyGone(employee, 'employee', (row) => whyEmployeeUnusable(row, shopIds))],
    [
      'register-unusable',
      places
        .map((place) => lists.registers.find(({ registerId }) => registerId === place.registerId))
        .map((register) => whyGone(register, 'register', whyRegisterUnusable))
        .find((why) => why !== null),
    ],
    [
      'payment-type-unusable',
      [settings.defaultPaymentTypeId, ...Object.values(settings.paymentTypes)]
        .map((id) => lists.paymentTypes.find(({ paymentTypeId }) => paymentTypeId === id))
        .map((paymentType) => whyGone(paymentType, 'payment type', whyPaymentTypeUnusable))
        .find((why) => why !== null),
    ],
  ];
  return found.flatMap(([code, why]) =>
    why
      ? [{ step: 'order-export', code, reason: `Order export: ${lowerFirst(why)}.`, remedy: exportRemedies[code]! }]
      : [],
  );
}

const exportRemedies: Partial<Record<FaultCode, string>> = {
  'employee-unusable': 'Choose another employee in the order export step, or let this one in again in Lightspeed.',
  'register-unusable': 'Choose another register in the order export step, or bring this one back in Lightspeed.',
  'payment-type-unusable':
    'Choose another payment type in the order export step, or bring this one back in Lightspeed.',
};

function whyGone<Row>(row: Row | undefined, what: string, why: (row: Row) => string | null): string | null {
  return row === undefined ? `The ${what} is no longer there in Lightspeed` : why(row);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
