import { z } from 'zod';
import type { Random } from '../random.ts';
import { seededRandom } from '../random.ts';
import { Fault } from './fault.ts';

/** Which requests a fault hits, and how often. */
export const FaultRule = z.strictObject({
  fault: Fault,
  method: z.string().optional(),
  /** Without `.json`, `*` for anything. Relative to `/API/V3/Account/{id}/` unless it begins with a slash. */
  path: z.string().default('/*'),
  /** Part of the decoded query. */
  query: z.string().optional(),
  account: z.coerce.number().optional(),
  /** The first of the matching requests that is hit. */
  nth: z.number().int().min(1).default(1),
  /** How many are hit from there on; 0: all. One, or all if there is a probability. */
  count: z.number().int().min(0).optional(),
  probability: z.number().min(0).max(1).default(1),
});
export type FaultRule = z.infer<typeof FaultRule>;

/** What a rule looks at. */
export type FaultTarget = {
  method: string;
  url: URL;
  /** Whose tokens it bears: how a call belongs to an account that its path doesn't name. */
  account?: number | undefined;
};

type Active = { id: number; rule: FaultRule; pattern: RegExp; seen: number; hits: number };

/** The rules in force. Chance comes from a seed, so that a run can be had again. */
export class FaultRules {
  readonly #random: Random;
  #active: Active[] = [];
  #lastId = 0;

  constructor(seed: number) {
    this.#random = seededRandom(seed, 'faults');
  }

  /** Adds a rule and gives its id. */
  add(rule: FaultRule): number {
    this.#lastId += 1;
    this.#active.push({ id: this.#lastId, rule, pattern: pathPattern(rule), seen: 0, hits: 0 });
    return this.#lastId;
  }

  /** Takes all rules away, or those of one account. */
  clear(account?: number): void {
    this.#active = account === undefined ? [] : this.#active.filter(({ rule }) => rule.account !== account);
  }

  /** Takes some rules away, by their ids. */
  remove(ids: readonly number[]): void {
    this.#active = this.#active.filter(({ id }) => !ids.includes(id));
  }

  list(): { id: number; rule: FaultRule; seen: number; hits: number }[] {
    return this.#active.map(({ id, rule, seen, hits }) => ({ id, rule, seen, hits }));
  }

  /** The faults that hit this request, in the order their rules were added; each matching rule counts it. */
  hit({ method, url, account }: FaultTarget): Fault[] {
    const path = decodeURIComponent(url.pathname).replace(/\.(json|xml)$/, '');
    const query = [...url.searchParams].map(([name, value]) => `${name}=${value}`).join('&');
    return this.#active.flatMap((active) => {
      const { rule, pattern } = active;
      if (rule.method !== undefined && rule.method.toUpperCase() !== method) return [];
      if (
        !pattern.test(path) ||
        !isOfAccount(rule, path, account) ||
        (rule.query !== undefined && !query.includes(rule.query))
      )
        return [];
      active.seen += 1;
      const count = rule.count ?? (rule.probability < 1 ? 0 : 1);
      if (active.seen < rule.nth || (count > 0 && active.hits >= count)) return [];
      if (!this.#random.chance(rule.probability)) return [];
      active.hits += 1;
      return [rule.fault];
    });
  }
}

function pathPattern({ path, account }: FaultRule): RegExp {
  const escape = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  const base = String.raw`/API/(?:V3/)?Account/${account ?? String.raw`\d+`}/`;
  if (!path.startsWith('/')) return new RegExp(`^${base}${escape(path)}$`);
  return new RegExp(`^${escape(path)}$`);
}

function isOfAccount(rule: FaultRule, path: string, account: number | undefined): boolean {
  if (rule.account === undefined || rule.account === account) return true;
  return new RegExp(`^/API/(?:V3/)?Account/${rule.account}/`).test(path);
}
