import { resolveSaleWindow } from '../../domain/inventory/sale-window.ts';
import { Problem } from '../../domain/problem.ts';

/** As the storefront or an admin gave them: days or moments; no start means no sale (R13). */
export interface SaleDates {
  start: string | null;
  end: string | null;
}

/** The dates as a catalogue item stores them. @throws Problem `invalid` at `field` if the end isn't after the start. */
export function saleColumns({ start, end }: SaleDates, zone: string, field: string) {
  const { startsAt, endsAt } = resolveSaleWindow({ start, end }, zone);
  if (startsAt !== null && endsAt !== null && Date.parse(endsAt) <= Date.parse(startsAt)) {
    throw new Problem('invalid', `${field}: the sale ends before it begins`, { field });
  }
  return { saleStart: start, saleEnd: end, saleStartsAt: startsAt, saleEndsAt: endsAt };
}
