import type { TillThing, WebItem } from './arrange-tenant.ts';

/** A person's word about a pair; the later of two that contradict each other counts. */
export interface Decision {
  sku: string;
  itemId: string;
  decision: 'accepted' | 'rejected';
}

export interface Catalogues {
  web: WebItem[];
  till: TillThing[];
  /** Items that a complete pull no longer returned. */
  retired: string[];
  /** Oldest first. */
  decisions: Decision[];
}

/** What is said of one SKU. `candidates` as `item/key`. */
export interface Verdict {
  state: string;
  itemId: string | null;
  key: string | null;
  candidates: string[];
}

/**
 * The rules of matching, stated a second time and plainly: from DESIGN, step 3 of the inventory sync, and R16–R20, over
 * lists instead of tables, and over codes as people write them.
 */
export function matchPlainly(world: Catalogues, before: Map<string, Verdict>): Map<string, Verdict> {
  const yes = effectiveYes(world);
  const no = (sku: string, itemId: string) =>
    world.decisions.some((d) => d.decision === 'rejected' && d.sku === sku && d.itemId === itemId);
  const isGone = (item: TillThing) => item.archived === true || world.retired.includes(item.itemId);
  const web = world.web.filter(({ sku }) => !yes.some((d) => d.sku === sku));
  const till = world.till.filter((item) => !isGone(item) && !yes.some((d) => d.itemId === item.itemId));
  const pairs = web.flatMap((w) => till.filter((t) => !no(w.sku, t.itemId)).map((t) => ({ w, t })));

  const byCode = pairs.filter(({ w, t }) => codeKey(w, t) !== null);
  const sameSku = (list: typeof pairs, sku: string) => list.filter(({ w }) => w.sku === sku);
  const sameItem = (list: typeof pairs, itemId: string) => list.filter(({ t }) => t.itemId === itemId);
  const isAlone = (list: typeof pairs, { w, t }: (typeof pairs)[number]) =>
    sameSku(list, w.sku).length === 1 && sameItem(list, t.itemId).length === 1;
  const certain = byCode.filter((pair) => isAlone(byCode, pair) && !contradicts(pair.w, pair.t));
  const isFree = ({ w, t }: (typeof pairs)[number]) =>
    sameSku(byCode, w.sku).length === 0 && sameItem(certain, t.itemId).length === 0;
  const byText = pairs.filter((pair) => isFree(pair) && sharesBadCode(pair.w, pair.t));
  const byMpn = pairs.filter(
    (pair) => isFree(pair) && sameSku(byText, pair.w.sku).length === 0 && sharesMpn(pair.w, pair.t),
  );

  const verdictOf = (w: WebItem): Verdict => {
    const open = (state: string, list: typeof pairs, key: (pair: (typeof pairs)[number]) => string): Verdict => ({
      state,
      itemId: null,
      key: null,
      candidates: list.map((pair) => `${pair.t.itemId}/${key(pair)}`).sort(),
    });
    const mapped = (itemId: string, key: string, state = 'mapped'): Verdict => {
      const isPriced = Number(world.till.find((t) => t.itemId === itemId)?.prices?.['1'] ?? '10') > 0;
      return { state: isPriced ? state : 'missing-price', itemId, key, candidates: [] };
    };
    const chosen = yes.find(({ sku }) => sku === w.sku);
    if (chosen) return mapped(chosen.itemId, 'person', 'manual');
    const codes = sameSku(byCode, w.sku);
    if (codes.length > 0) {
      const [pair] = codes;
      const key = ({ w, t }: (typeof pairs)[number]) => codeKey(w, t)!;
      if (certain.includes(pair!)) return mapped(pair!.t.itemId, key(pair!));
      return open(isAlone(byCode, pair!) ? 'pending' : 'ambiguous', codes, key);
    }
    const texts = sameSku(byText, w.sku);
    if (texts.length > 0) return open('pending', texts, () => 'identical-code');
    const mpns = sameSku(byMpn, w.sku);
    if (mpns.length > 0) {
      const [pair] = mpns;
      const isSure = isAlone(byMpn, pair!) && !bearsCode(pair!.t) && !otherBrand(w, pair!.t);
      return isSure ? mapped(pair!.t.itemId, 'mpn') : open('pending', mpns, () => 'mpn');
    }
    const last = before.get(w.sku);
    const kept = last?.itemId && last.key !== 'person' ? world.till.find((t) => t.itemId === last.itemId) : undefined;
    const isNobodyElses = kept && !yes.some(({ itemId }) => itemId === kept.itemId) && !no(w.sku, kept.itemId);
    if (kept && isGone(kept) && isNobodyElses && (codeKey(w, kept) || sharesMpn(w, kept)))
      return mapped(kept.itemId, last!.key!);
    const hasKeys = [w.gtin1, w.gtin2, w.mpn].some((key) => plain(key) !== '' && !/^0*$/.test(plain(key)));
    if (!hasKeys) return { state: 'missing-keys', itemId: null, key: null, candidates: [] };
    const wasRefused = world.decisions.some((d) => d.decision === 'rejected' && d.sku === w.sku);
    return { state: wasRefused ? 'rejected' : 'unmatched', itemId: null, key: null, candidates: [] };
  };
  return new Map(world.web.map((w) => [w.sku, verdictOf(w)]));
}

/** The last yes about a SKU, and about an item, counts: a mapping is one to one. What isn't there can't be meant. */
function effectiveYes({ decisions, web, till }: Catalogues): Decision[] {
  const accepted = decisions.filter(
    ({ decision, sku, itemId }) =>
      decision === 'accepted' && web.some((w) => w.sku === sku) && till.some((t) => t.itemId === itemId),
  );
  return accepted.filter(
    (d, place) => !accepted.slice(place + 1).some((later) => later.sku === d.sku || later.itemId === d.itemId),
  );
}

/** Letters and digits alone, in capitals. */
function plain(text: string | null | undefined): string {
  return (text ?? '').toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}

/** The number of a code with a right check digit; null for any other. */
function product(code: string | null | undefined): bigint | null {
  const digits = (code ?? '').replaceAll(/[\s-]/g, '');
  if (!/^\d{8}$|^\d{11,14}$/.test(digits) || /^0+$/.test(digits)) return null;
  const sum = digits
    .split('')
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0 ? BigInt(digits) : null;
}

function codeKey(w: WebItem, t: TillThing): string | null {
  const same = (a: string | null | undefined, b: string | null | undefined) =>
    product(a) !== null && product(a) === product(b);
  if (same(w.gtin1, t.upc)) return 'gtin1-upc'; // R16
  if (same(w.gtin2, t.ean)) return 'gtin2-ean'; // R17
  if (same(w.gtin1, t.ean)) return 'gtin1-ean';
  return same(w.gtin2, t.upc) ? 'gtin2-upc' : null;
}

/** A code that is no valid number, without spaces and dashes; null for a valid or an empty one. */
function badCode(code: string | null | undefined): string | null {
  const text = (code ?? '').replaceAll(/[\s-]/g, '');
  return /^0*$/.test(text) || product(code) !== null ? null : text;
}

function sharesBadCode(w: WebItem, t: TillThing): boolean {
  const ours = [w.gtin1, w.gtin2].map(badCode);
  return [t.upc, t.ean].map(badCode).some((code) => code !== null && ours.includes(code));
}

function sharesMpn(w: WebItem, t: TillThing): boolean {
  return plain(w.mpn) !== '' && plain(w.mpn) === plain(t.mpn);
}

function otherBrand(w: WebItem, t: TillThing): boolean {
  return plain(w.brand) !== '' && plain(t.brand) !== '' && plain(w.brand) !== plain(t.brand);
}

function contradicts(w: WebItem, t: TillThing): boolean {
  const otherMpn = plain(w.mpn) !== '' && plain(t.mpn) !== '' && plain(w.mpn) !== plain(t.mpn);
  return otherMpn && otherBrand(w, t);
}

/** R18: the MPN decides only for items without a code. */
function bearsCode(t: TillThing): boolean {
  return [t.upc, t.ean].some((code) => product(code) !== null || badCode(code) !== null);
}
