import type { ActiveOrderExportSettings } from '../setup/settings.ts';
import type { OrderSnapshot } from './order-snapshot.ts';

/** A register of the till, and its shop: a sale leaves the stock of that shop (R32). */
export type Register = { registerId: string; shopId: string };

/** The default register, and those of locations that have their own. */
export type Registers = Register & {
  registerByLocation?: ActiveOrderExportSettings['registerByLocation'] | undefined;
};

/** The register of the order's location, else of the one location of all its lines, else the default one. */
export function registerOfSale(order: Pick<OrderSnapshot, 'locationId' | 'lines'>, registers: Registers): Register {
  const ofLines = new Set(order.lines.map(({ locationId }) => locationId));
  const location = order.locationId ?? (ofLines.size === 1 ? [...ofLines][0] : undefined);
  const byLocation = registers.registerByLocation ?? {};
  const own = location !== undefined && Object.hasOwn(byLocation, location) ? byLocation[location] : undefined;
  const { registerId, shopId } = own ?? registers;
  return { registerId, shopId };
}

/**
 * The register that takes a sale back, so that the stock returns to the shop it left: the sale's by the order's location;
 * where that is another shop's by now, or the sale was made by hand elsewhere, one that is chosen for the sale's shop.
 * @param soldInShopId the shop of the sale in the till.
 */
export function registerOfRefund(
  order: Pick<OrderSnapshot, 'locationId' | 'lines'>,
  registers: Registers,
  soldInShopId: string,
): Register {
  const own = registerOfSale(order, registers);
  const chosen = [own, registers, ...Object.values(registers.registerByLocation ?? {})];
  const { registerId, shopId } = chosen.find((each) => each.shopId === soldInShopId) ?? own;
  return { registerId, shopId };
}
