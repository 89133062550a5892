import type { ConnectionState } from './connection-state.ts';
import type { ImportSettings, OrderExportSettings, PricingSettings } from './settings.ts';

/** The wizard's steps in the order in which it offers them. */
export const setupSteps = ['connect', 'stores', 'import-settings', 'pricing', 'order-export', 'complete'] as const;
export type SetupStep = (typeof setupSteps)[number];

/** What the wizard has collected. A step that nobody has saved is null: its defaults are an offer, not an answer. */
export type SetupSummary = {
  /** Null: never connected. */
  connection: ConnectionState | null;
  mappedShopCount: number;
  importSettings: ImportSettings | null;
  pricing: PricingSettings | null;
  orderExport: ExportChoice | null;
  /** What a look at Lightspeed has found wrong with a step that was done. */
  faults: readonly MissingStep[];
  isCompleted: boolean;
};

type ExportChoice = {
  mode: OrderExportSettings['mode'];
  employeeId?: string | null | undefined;
  registerId?: string | null | undefined;
};

export type MissingStep = { step: Exclude<SetupStep, 'complete'>; reason: string; remedy: string };

/** What a step says to the person in front of it. */
export const setupAdvice: Record<SetupStep, readonly string[]> = {
  connect: [
    'Sign in to Lightspeed as a user with the Admin role; Owner or Manager as a title is not enough.',
    'Once new credentials are connected, the previous point-of-sale connection no longer works.',
  ],
  stores: ['Map at least one Lightspeed shop to a location. It is best to map all of them.'],
  'import-settings': [
    'A mapped item shows if any setting that is on holds.',
    'Balance on hand is on at first; add balance on order or reorder levels to show what is out of stock as well.',
  ],
  pricing: [
    'Leave it off to set every price in the storefront.',
    'As the regular price level choose the one that is used in store.',
    'Price levels can be used, pricing rules can not: Lightspeed does not give them out.',
  ],
  'order-export': [
    'Use a separate employee and register for web orders, so that they stand apart in reports.',
    'Leave the status at No change at first.',
    'Try a dry run: each sale is planned and shown, none is sent.',
  ],
  complete: ['Nothing syncs and no order is exported until the setup is completed.'],
};

/**
 * What must be done before the setup can be completed (R5), and what has gone wrong since, in the wizard's order; empty
 * when nothing is. What was found at Lightspeed takes the place of the plainer words for the same step.
 */
export function missingForCompletion(summary: SetupSummary): MissingStep[] {
  const undone = undoneSteps(summary);
  return setupSteps.flatMap((step) => {
    const faults = summary.faults.filter((fault) => fault.step === step);
    return faults.length > 0 ? [joined(faults)] : undone.filter((each) => each.step === step);
  });
}

function joined(faults: readonly MissingStep[]): MissingStep {
  const reason = faults
    .map((fault) => fault.reason)
    .join(' ')
    .replace(/\.$/, '');
  return { step: faults[0]!.step, reason, remedy: [...new Set(faults.map((fault) => fault.remedy))].join(' ') };
}

function undoneSteps(summary: SetupSummary): MissingStep[] {
  const missing: MissingStep[] = [];
  const connection = connectionMissing[summary.connection ?? 'none'];
  if (connection) missing.push({ step: 'connect', ...connection });
  if (summary.mappedShopCount < 1) {
    missing.push({
      step: 'stores',
      reason: 'No Lightspeed shop is mapped',
      remedy: 'Map at least one Lightspeed shop to a location; it is best to map all of them',
    });
  }
  if (!summary.importSettings) {
    missing.push({
      step: 'import-settings',
      reason: 'The import settings have not been saved',
      remedy: 'Save them, unchanged if only items with a balance on hand are to show',
    });
  }
  const pricing = pricingMissing(summary.pricing);
  if (pricing) missing.push({ step: 'pricing', ...pricing });
  const orderExport = orderExportMissing(summary.orderExport);
  if (orderExport) missing.push({ step: 'order-export', ...orderExport });
  return missing;
}

/**
 * Why a step can't be done now; null if it can. Connect comes first, complete last, the rest in any order and as often
 * as wanted, before and after completion.
 */
export function stepRefusal(step: SetupStep, summary: SetupSummary): { reason: string; missing: MissingStep[] } | null {
  if (step === 'connect') return null;
  const missing = missingForCompletion(summary);
  if (step === 'complete') {
    return missing.length === 0 ? null : { reason: `Setup is not complete: missing are ${names(missing)}`, missing };
  }
  // A user without the Admin right still is a connection: choices can be made.
  const unconnected = undoneSteps(summary).filter((each) => each.step === 'connect');
  return unconnected.length === 0 ? null : { reason: 'Connect Lightspeed first', missing: unconnected };
}

/** The step to offer next; null once the setup is completed and nothing has gone missing since. */
export function nextStep(summary: SetupSummary): SetupStep | null {
  const [first] = missingForCompletion(summary);
  return first?.step ?? (summary.isCompleted ? null : 'complete');
}

type Missing = Omit<MissingStep, 'step'>;

const connectionMissing: Record<ConnectionState | 'none', Missing | null> = {
  none: { reason: 'Lightspeed is not connected', remedy: 'Connect it as a Lightspeed user with the Admin role' },
  active: null,
  lost: {
    reason: 'The connection to Lightspeed is lost',
    remedy: 'Connect it again as a Lightspeed user with the Admin role',
  },
  replaced: {
    reason: 'The connection to Lightspeed was replaced, and no other is in use',
    remedy: 'Connect it again as a Lightspeed user with the Admin role',
  },
  disconnected: {
    reason: 'Lightspeed was disconnected',
    remedy: 'Connect it again as a Lightspeed user with the Admin role',
  },
};

function pricingMissing(pricing: PricingSettings | null): Missing | null {
  if (!pricing) {
    return {
      reason: 'Pricing has not been decided',
      remedy: 'Save it, off if every price is to come from the storefront',
    };
  }
  if (pricing.enabled && !pricing.regularPriceLevelId) {
    return {
      reason: 'Pricing is on without a regular price level',
      remedy: 'Choose the price level that is used in store, or turn pricing off',
    };
  }
  return null;
}

function orderExportMissing(orderExport: SetupSummary['orderExport']): Missing | null {
  if (!orderExport) {
    return {
      reason: 'Order export has not been decided',
      remedy: 'Save it, off if no order is to reach the till yet',
    };
  }
  if (orderExport.mode === 'off') return null;
  const absent = [orderExport.employeeId ? '' : 'an employee', orderExport.registerId ? '' : 'a register'];
  const what = absent.filter((each) => each !== '').join(' and ');
  if (what === '') return null;
  return {
    reason: `Order export is on without ${what}`,
    remedy: `Choose ${what} for web orders, best used for nothing else, or turn order export off`,
  };
}

function names(missing: readonly MissingStep[]): string {
  return missing.map(({ step }) => step).join(', ');
}
