import { z } from 'zod';
import type { AccountBooks } from '../books/account-books.ts';
import type { Call } from '../resources/resource.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';

/** What a control route gets. `ids` are the numbers of its path. */
export type ControlInput = { world: World; ids: Readonly<Record<string, number>>; body: unknown };

/** A route under `/__sandbox`; `:name` in its path is a number. */
export type ControlRoute = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  about: string;
  run(input: ControlInput): unknown;
};

/** An id as the wire has it or as a number. */
export const Id = z.coerce.number().int().min(0);
/** A decimal as the wire has it or as a number. */
export const Decimal = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).transform(String);

/** The body as its contract has it. @throws Refusal 400 that says what is wrong */
export function readControl<T extends z.ZodType>(contract: T, body: unknown): z.infer<T> {
  const parsed = contract.safeParse(body);
  if (!parsed.success)
    throw new Refusal(
      400,
      parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; '),
    );
  return parsed.data;
}

/** The books of the account in the path. @throws Refusal 404 */
export function booksOf({ world, ids }: ControlInput): AccountBooks {
  const books = world.accounts.get(ids['account'] ?? 0);
  if (!books) throw new Refusal(404, `There is no account ${ids['account']}.`);
  return books;
}

/** A call by the owner, who may do everything. */
export function ownersCall({ clock, switches }: World, books: AccountBooks): Call {
  return { books, clock, switches, employeeID: 1, can: () => true };
}

/** The row of an id in the path. @throws Refusal 404 */
export function rowOf<R extends Record<string, unknown>>(
  table: { name: string; get(id: number): R | undefined },
  id: number | undefined,
): R {
  const row = table.get(id ?? 0);
  if (!row) throw new Refusal(404, `There is no ${table.name} ${id}.`);
  return row;
}
