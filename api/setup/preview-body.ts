import { z } from 'zod';
import type { ListingPreview } from '../../db/inventory/preview-listings.ts';
import type { LastPull } from '../../db/inventory/read-last-pull.ts';
import { listingReasons, listingReasonWords } from '../../domain/inventory/listing-reason.ts';
import { mappingStates } from '../../domain/inventory/mapping-state.ts';
import { describePull, secondsLeft } from '../../domain/inventory/pull-progress.ts';

const count = z.int();
const text = z.string().nullable();

const MappingGroup = z
  .object({
    state: z.enum(mappingStates),
    count,
    samples: z.array(z.object({ sku: z.string(), description: z.string(), itemId: text, why: z.string() })),
  })
  .meta({ id: 'PreviewedMappings' });

const ListingGroup = z
  .object({
    reason: z.enum(listingReasons),
    why: z.string(),
    count,
    samples: z.array(
      z.object({ sku: z.string(), description: z.string(), quantity: count, price: text, salePrice: text }),
    ),
  })
  .meta({ id: 'PreviewedListings' });

export const PreviewBody = z
  .object({
    state: z
      .enum(['ready', 'reading', 'failed', 'unread'])
      .describe('`unread`: Lightspeed is read once an admin asks for the preview'),
    message: z.string(),
    reading: z
      .object({
        startedAt: z.iso.datetime(),
        pages: count,
        pagesExpected: count.nullable(),
        itemsSeen: count,
        secondsLeft: count.nullable().describe('About; null until it is known'),
      })
      .nullable()
      .describe('The reading of Lightspeed that is under way'),
    readAt: z.iso.datetime().nullable().describe('As of when Lightspeed is known'),
    assumed: z.array(z.enum(['stores', 'import-settings', 'pricing'])).describe('Steps not done yet: their defaults'),
    figures: z
      .object({
        catalogItems: count,
        mapped: count,
        pending: count.describe('Possible matches that wait for a yes or no'),
        displayed: count,
        hidden: count,
        mappings: z.array(MappingGroup).describe('Every item of the catalogue, by how it is mapped'),
        shown: z.array(ListingGroup).describe('What would be displayed, by the import setting that holds'),
        notShown: z.array(ListingGroup).describe('What is mapped and would be hidden, by why'),
      })
      .nullable(),
  })
  .meta({ id: 'SetupPreview' });

type Body = z.input<typeof PreviewBody>;

const shownReasons: readonly string[] = ['on-hand', 'on-order', 'reorder'];

/** The same groups with their sums. An item without a price is mapped: it is the pair that counts. */
export function toFigures({ mappings, listings }: ListingPreview): NonNullable<Body['figures']> {
  const groups = listings.map(({ key: reason, ...group }) => ({ reason, why: listingReasonWords[reason], ...group }));
  const shown = groups.filter(({ reason }) => shownReasons.includes(reason));
  const notShown = groups.filter(({ reason }) => !shownReasons.includes(reason));
  const inStates = (...states: string[]) => sum(mappings.filter(({ key }) => states.includes(key)));
  return {
    catalogItems: sum(mappings),
    mapped: inStates('mapped', 'manual', 'missing-price'),
    pending: inStates('pending', 'ambiguous'),
    displayed: sum(shown),
    hidden: sum(notShown),
    mappings: mappings.map(({ key: state, ...group }) => ({ state, ...group })),
    shown,
    notShown,
  };
}

/** Where the reading of Lightspeed stands, for a person who waits for it. */
export function toReading(state: Body['state'], pull: LastPull | null): Pick<Body, 'state' | 'message' | 'reading'> {
  if (state === 'unread') {
    return { state, message: 'Lightspeed was not read yet: an admin must ask for the preview.', reading: null };
  }
  if (state === 'failed') {
    const why = pull?.errorMessage ?? 'It was cut off.';
    return { state, message: `Lightspeed could not be read. ${why} Ask again in a minute.`, reading: null };
  }
  if (!pull)
    return { state, message: describePull({ pages: 0, pagesExpected: null, silentMs: 0 }, null), reading: null };
  const { pages, pagesExpected, itemsSeen, startedAt } = pull;
  const left = secondsLeft(pull);
  const reading = { startedAt: startedAt.toISOString(), pages, pagesExpected, itemsSeen, secondsLeft: left };
  return { state, message: describePull(pull, left), reading };
}

function sum(groups: readonly { count: number }[]): number {
  return groups.reduce((total, group) => total + group.count, 0);
}
