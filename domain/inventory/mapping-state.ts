/**
 * What is known about a catalogue item's place in the till. `unmatched`: no POS item carries any of its keys.
 * `manual`: mapped by a person. `missing-price` keeps its mapping: the pair is right, the till has no price.
 */
export const mappingStates = [
  'mapped',
  'manual',
  'pending',
  'ambiguous',
  'missing-keys',
  'missing-price',
  'rejected',
  'unmatched',
] as const;

export type MappingState = (typeof mappingStates)[number];

/** By which pair of fields a mapping was found: catalogue side first (R16–R18). */
export type MappingKey = 'gtin1-upc' | 'gtin2-ean' | 'gtin1-ean' | 'gtin2-upc' | 'mpn' | 'person';

/** A POS item that may be the one, and why it is not taken for it without a person. */
export interface MappingCandidate {
  itemId: string;
  key: MappingKey | 'identical-code';
  why: string;
}
