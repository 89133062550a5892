import { describe, expect, test } from 'vitest';
import type { MappingFacts } from './why-nothing-maps.ts';
import { whyNothingMaps } from './why-nothing-maps.ts';

const nothing: MappingFacts = {
  hasCatalog: true,
  isCompared: true,
  isAnyMapped: false,
  isAnyPriceless: false,
  isAnyPending: false,
  hasTillItems: true,
  hasTillKeys: true,
  hasWebKeys: true,
  isUserDemoted: false,
};

describe('R22: when nothing maps, the likely cause is named', () => {
  test.for([
    ['no-catalogue', { hasCatalog: false, isCompared: false }],
    ['admin-right-gone', { isUserDemoted: true, hasTillItems: false, hasTillKeys: false }],
    ['admin-right-gone', { isUserDemoted: true, isAnyPriceless: true }],
    ['price-level-empty', { isAnyPriceless: true, isAnyPending: true }],
    ['till-empty', { hasTillItems: false, hasTillKeys: false }],
    ['till-keys-missing', { hasTillKeys: false }],
    ['catalogue-keys-missing', { hasWebKeys: false }],
    ['matches-pending', { isAnyPending: true }],
    ['codes-differ', {}],
  ] as const)('%s', ([cause, facts]) => {
    const told = whyNothingMaps({ ...nothing, ...facts });
    expect(told).toEqual({ cause, message: expect.any(String), remedy: expect.any(String) });
  });

  test('and none where something maps, or nothing was compared yet', () => {
    expect(whyNothingMaps({ ...nothing, isAnyMapped: true, isUserDemoted: true })).toBeNull();
    expect(whyNothingMaps({ ...nothing, isCompared: false })).toBeNull();
  });
});
