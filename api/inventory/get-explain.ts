import { z } from 'zod';
import type { Database } from '../../db/database.ts';
import { findByCode } from '../../db/inventory/find-by-code.ts';
import type { Nearest } from '../../db/inventory/list-nearest.ts';
import { listNearestCatalogItems, listNearestPosItems } from '../../db/inventory/list-nearest.ts';
import { readItemFacts } from '../../db/inventory/read-item-facts.ts';
import { readSyncStanding } from '../../db/inventory/read-sync-standing.ts';
import type { ItemFacts } from '../../domain/inventory/explain-item.ts';
import { explainItem } from '../../domain/inventory/explain-item.ts';
import type { SyncNote } from '../../domain/inventory/explain-sync.ts';
import { explainSync } from '../../domain/inventory/explain-sync.ts';
import { describeCode } from '../../domain/inventory/gtin.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { ExplainBody } from './explain-body.ts';

const most = 20;

type Found = z.input<typeof ExplainBody>['found'][number];

export const getExplainEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/explain',
  roles: ['admin', 'storefront', 'operator'],
  summary: 'Explain why a UPC, EAN, SKU or MPN is or is not on the site, and which field to fix where',
  description:
    "Also takes Lightspeed's System ID, custom SKU and item id. Up to 20 items that bear the code are explained.",
  params: TenantParams,
  query: z.strictObject({ code: z.string().trim().min(1).max(100) }),
  success: { status: 200, body: ExplainBody },
  async handle({ params: { tenant }, query: { code } }, { db }) {
    const standing = await readSyncStanding(db, tenant);
    const notes = explainSync(standing);
    const pairs = await findByCode(db, tenant, code, most);
    const facts = await readItemFacts(db, tenant, pairs);
    const found = facts.map((one, place) => toFound(one, pairs[place]!.fields));
    // A look at everything: of the first only that has nothing to show for.
    const open = facts.findIndex((one) => wantsNearest(one));
    if (open >= 0) found[open]!.nearest = await nearestOf(db, tenant, facts[open]!);
    const nearest = found.length === 0 ? await nearestOfCode(db, tenant, code) : [];
    const sync = { ageSeconds: standing.ageSeconds, notes };
    return { body: { code, summary: summarise(code, found, notes), sync, found, nearest } };
  },
});

function toFound(facts: ItemFacts, matchedFields: string[]): Found {
  const { unmapped: _, ...shown } = facts;
  return { ...shown, matchedFields, ...explainItem(facts), nearest: [] };
}

function wantsNearest({ mapping, unmapped }: ItemFacts): boolean {
  if (unmapped) return unmapped.state === 'not-in-catalogue' || unmapped.state === 'missing-keys';
  return mapping !== null && ['unmatched', 'missing-keys', 'rejected'].includes(mapping.state);
}

async function nearestOf(db: Database, tenant: string, { catalog, pos, description }: ItemFacts): Promise<Nearest[]> {
  const codes = (...fields: (string | null)[]) => fields.filter((field) => field !== null);
  return catalog
    ? listNearestPosItems(db, tenant, { text: description, codes: codes(catalog.gtin1, catalog.gtin2, catalog.mpn) })
    : listNearestCatalogItems(db, tenant, {
        text: description,
        codes: codes(pos?.upc ?? null, pos?.ean ?? null, pos?.manufacturerSku ?? null),
      });
}

async function nearestOfCode(db: Database, tenant: string, code: string): Promise<Nearest[]> {
  const like = { text: '', codes: [code] };
  return [...(await listNearestCatalogItems(db, tenant, like)), ...(await listNearestPosItems(db, tenant, like))];
}

function summarise(code: string, found: Found[], notes: SyncNote[]): string {
  const first = notes[0] ? ` ${notes[0].message}` : '';
  if (found.length === 0) {
    const hint = describeCode(code);
    return `Neither the catalogue nor the till, as last read, has ${code}.${hint ? ` ${hint}` : ''}${first}`;
  }
  if (found.length === 1) return `${found[0]!.why}${first}`;
  const shown = found.filter(({ isOnSite }) => isOnSite).length;
  return `${found.length} items bear ${code}; ${shown} of them on the site.${first}`;
}
