import { showMoment } from '../show-moment.ts';
import type { OrderExportSettings, SyncSettings } from './settings.ts';

/** What a saved step sets off, in plain words: a person who changes a setting is told what it will do. */
export const stepEffects = {
  beforeCompletion: 'Takes effect once the setup is completed; until then nothing syncs and no order is exported.',
  unchanged: 'It was so already: nothing has changed.',
  decidedAgain: 'Listings are decided again now, from what is stored: Lightspeed is not read for it.',
  firstPull: 'The first sync begins: the whole Lightspeed account is read, then listings are published.',
  firstPoll:
    'The first sync begins: what has changed in Lightspeed since it was read is read, then listings are published.',
} as const;

/** How a change of settings would move what is displayed; a listing counts once. */
export interface ListingChange {
  shown: number;
  hidden: number;
  /** Displayed before and after, with another quantity or price. */
  changed: number;
}

/** @param change null: not known cheaply. */
export function describeListingChange(change: ListingChange | null): string[] {
  if (!change) return [];
  const { shown, hidden, changed } = change;
  if (shown + hidden + changed === 0) return ['What is displayed stays as it is.'];
  const parts = [
    hidden > 0 ? `${things(hidden, 'item')} would be hidden` : '',
    shown > 0 ? `${things(shown, 'item')} would be shown` : '',
    changed > 0 ? `${things(changed, 'displayed item')} would change in quantity or price` : '',
  ].filter((part) => part !== '');
  return [`${parts.join(', ')}.`];
}

/** From when on orders are exported, and what becomes of those that wait (R27). @param outlook as it is after the step. */
export function describeExport(
  { mode }: Pick<OrderExportSettings, 'mode'>,
  outlook: { zone: string; exportFrom: string | null; waiting: number; placedBefore: number },
): string[] {
  const { zone, exportFrom, waiting, placedBefore } = outlook;
  if (mode === 'off') {
    return [
      waiting === 0
        ? 'No order waits; orders that come will wait until order export is turned on.'
        : `${things(waiting, 'order')} that wait${waiting === 1 ? 's' : ''} will go on waiting until order export is turned on; none is lost.`,
    ];
  }
  const from = exportFrom === null ? 'the completion of the setup' : showMoment(exportFrom, zone);
  const what = mode === 'on' ? 'are exported' : 'are planned, and none is sent';
  const lines = [`Orders placed from ${from} on ${what}.`];
  if (waiting > placedBefore)
    lines.push(`${things(waiting - placedBefore, 'waiting order')} of these will be looked at again now.`);
  if (placedBefore > 0) {
    lines.push(
      `${things(placedBefore, 'waiting order')} from before will go on waiting: set "exportFrom" earlier to export them too, or export them by hand.`,
    );
  }
  return lines;
}

/** How often, and in which hours of the tenant's day, the till will be polled. */
export function describeSync({ intervalMinutes, dayStart, dayEnd }: SyncSettings, zone: string): string[] {
  return [`Lightspeed is polled every ${intervalMinutes} minutes from ${dayStart} to ${dayEnd} (${zone}).`];
}

function things(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
