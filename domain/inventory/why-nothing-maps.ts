/** What a catalogue that maps to nothing is judged by, once the account was read and compared. */
export interface MappingFacts {
  hasCatalog: boolean;
  isCompared: boolean;
  isAnyMapped: boolean;
  /** A pair was found whose POS item has no price at the regular price level. */
  isAnyPriceless: boolean;
  isAnyPending: boolean;
  hasTillItems: boolean;
  hasTillKeys: boolean;
  hasWebKeys: boolean;
  /** The connection's user no longer has the Admin right. */
  isUserDemoted: boolean;
}

export const nothingMapsCauses = [
  'first-pull',
  'no-catalogue',
  'admin-right-gone',
  'price-level-empty',
  'till-empty',
  'till-keys-missing',
  'catalogue-keys-missing',
  'matches-pending',
  'codes-differ',
] as const;

export interface NothingMaps {
  cause: (typeof nothingMapsCauses)[number];
  message: string;
  remedy: string;
}

/** The likely cause why nothing maps (R22); null if something does, or nothing was compared yet. */
export function whyNothingMaps(facts: MappingFacts): NothingMaps | null {
  if (!facts.hasCatalog) {
    const message = 'The storefront has sent no catalogue item: there is nothing to map.';
    return { cause: 'no-catalogue', message, remedy: 'Send the catalogue from the storefront.' };
  }
  if (facts.isAnyMapped || !facts.isCompared) return null;
  if (facts.isAnyPriceless) return priceLevelEmpty(facts);
  const message = 'No catalogue item is mapped to a POS item.';
  if (facts.isUserDemoted) return { ...adminRightGone, message };
  if (!facts.hasTillItems) {
    const remedy = 'Lightspeed has no item: check that the right account is connected.';
    return { cause: 'till-empty', message, remedy };
  }
  if (!facts.hasTillKeys) {
    const remedy = 'No POS item has a UPC, EAN or manufacturer SKU: fill them in in Lightspeed.';
    return { cause: 'till-keys-missing', message, remedy };
  }
  if (!facts.hasWebKeys) {
    const remedy = 'No catalogue item has a GTIN1, GTIN2 or MPN: send them from the storefront.';
    return { cause: 'catalogue-keys-missing', message, remedy };
  }
  if (facts.isAnyPending) {
    const remedy = 'Possible matches wait for a yes or no: decide them under mappings.';
    return { cause: 'matches-pending', message, remedy };
  }
  const remedy =
    'The codes on both sides differ: compare some in the mappings report, and check that the right account is connected.';
  return { cause: 'codes-differ', message, remedy };
}

const adminRightGone = {
  cause: 'admin-right-gone',
  remedy:
    'The Lightspeed user of the connection no longer has the Admin right: give them the Admin role again, or connect again as a user who has it.',
} as const;

function priceLevelEmpty({ isUserDemoted }: MappingFacts): NothingMaps {
  const message = 'No mapped item has a price at the regular price level: nothing is displayed.';
  if (isUserDemoted) return { ...adminRightGone, message };
  const remedy =
    'Choose in the pricing step the price level that is used in store, or set prices at this one in Lightspeed.';
  return { cause: 'price-level-empty', message, remedy };
}
