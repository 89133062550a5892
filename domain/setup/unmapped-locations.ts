/** A warning for each location that no shop feeds (R7). */
export function unmappedLocations(
  locations: readonly { locationId: string; name: string }[],
  stores: readonly { locationId: string }[],
): string[] {
  return locations
    .filter(({ locationId }) => !stores.some((store) => store.locationId === locationId))
    .map(({ locationId, name }) => `Location "${name}" (${locationId}) is fed by no shop: it shows no stock.`);
}
