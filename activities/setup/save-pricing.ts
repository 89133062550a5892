import type { Database } from '../../db/database.ts';
import { listEmptyLevels } from '../../db/setup/list-empty-levels.ts';
import { onlyChanged } from '../../db/setup/only-changed.ts';
import { saveStep } from '../../db/setup/save-step.ts';
import { Problem } from '../../domain/problem.ts';
import { emptyLevelWarning } from '../../domain/setup/live-warnings.ts';
import type { PricingSettings } from '../../domain/setup/settings.ts';
import { unusable } from '../../domain/setup/unusable.ts';
import { whyPriceLevelUnusable } from '../../domain/setup/why-unusable.ts';
import type { OpenTill, TillPriceLevel } from '../../lightspeed/till.ts';
import type { StepResult, StepTask } from '../../workflows/messages/setup.ts';
import { saveListingStep } from './save-listing-step.ts';
import type { SetupDeps } from './setup.ts';

/**
 * Which price levels the prices come from (R10–R12). Safe to repeat: by the request's id.
 * @throws Problem `unknown-price-level` or `choice-unusable`, naming the field.
 */
export async function savePricing(
  deps: Pick<SetupDeps, 'db' | 'openTill' | 'wake' | 'unpaidReservationMs'>,
  task: StepTask<PricingSettings>,
): Promise<StepResult> {
  const { db, openTill } = deps;
  const warnings = task.choice.enabled ? await checkLevels(db, openTill, task.tenant, task.choice) : [];
  // What levels are empty changes with every sync: the setup looks anew.
  const save = { ...task, step: 'pricing', warnings: [] };
  const saved = await saveListingStep(deps, task.tenant, (tx) =>
    saveStep(tx, save, (before) => onlyChanged(before, { pricing: task.choice })),
  );
  return { ...saved, warnings };
}

async function checkLevels(
  db: Database,
  openTill: OpenTill,
  tenant: string,
  { regularPriceLevelId, salePriceLevelId }: PricingSettings & { enabled: true },
): Promise<string[]> {
  const till = await openTill(tenant, 'interactive');
  const levels = await till.priceLevels();
  const chosen = [requireLevel(levels, regularPriceLevelId, 'regularPriceLevelId')];
  if (salePriceLevelId !== null) {
    chosen.push(requireLevel(levels, salePriceLevelId, 'salePriceLevelId'));
    if (salePriceLevelId === regularPriceLevelId) {
      throw new Problem('choice-unusable', 'The sale price level is the regular one: no price would ever be lower', {
        field: 'salePriceLevelId',
        remedy: 'Choose another level for sale prices, or null for none',
      });
    }
  }
  const ids = chosen.map(({ priceLevelId }) => priceLevelId);
  return (await listEmptyLevels(db, tenant, ids)).map(emptyLevelWarning);
}

function requireLevel(levels: readonly TillPriceLevel[], id: string, field: string): TillPriceLevel {
  const level = levels.find((each) => each.priceLevelId === id);
  if (!level) {
    throw new Problem('unknown-price-level', `Lightspeed has no price level "${id}"`, {
      field,
      remedy: `Choose one of the account's price levels: ${levels.map((each) => each.priceLevelId).join(', ')}`,
    });
  }
  const why = whyPriceLevelUnusable(level);
  if (why) throw unusable('price level', id, why, field);
  return level;
}
