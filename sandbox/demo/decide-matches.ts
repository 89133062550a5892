import type { ApiClient } from './api-client.ts';
import { personalDecisions } from './expected-figures.ts';
import { tenant } from './open-shop.ts';
import type { Report } from './report.ts';
import { waitFor } from './wait-for.ts';
import type { DemoCatalogue } from './web-catalogue.ts';

/** The admin looks at possible matches and says yes to some and no to one; both are remembered by later starts. */
export async function decideMatches(
  admin: ApiClient,
  { planned }: Pick<DemoCatalogue, 'planned'>,
  report: Report,
): Promise<void> {
  const { accepted, rejected } = personalDecisions(planned);
  const wanted = new Map<string, { action: 'accept' | 'reject'; itemId: string; becomes: string }>();
  for (const { web, till } of accepted) {
    wanted.set(web.sku, { action: 'accept', itemId: String(till!.itemID), becomes: 'manual' });
  }
  for (const { web, till } of rejected) {
    wanted.set(web.sku, { action: 'reject', itemId: String(till!.itemID), becomes: 'rejected' });
  }
  await report.step('The admin decides possible matches', async () => {
    const open: string[] = [];
    for (const sku of wanted.keys()) if ((await readState(admin, sku)) === 'pending') open.push(sku);
    if (open.length > 0) {
      const decisions = open.map((sku) => {
        const { action, itemId } = wanted.get(sku)!;
        return { sku, action, itemId };
      });
      await admin.expect('POST', `/v1/tenants/${tenant}/mappings/decisions`, { decisions });
    }
    await waitFor('the decisions to show', 60_000, async () => {
      for (const [sku, { becomes }] of wanted) {
        const state = await readState(admin, sku);
        if (state !== becomes && state !== 'missing-price') return { seen: `${sku} is ${state}` };
      }
      return { done: true };
    });
    return { words: `yes to ${accepted.length}, no to ${rejected.length}`, value: undefined };
  });
}

async function readState(admin: ApiClient, sku: string): Promise<string> {
  const { mappings } = await admin.expect('GET', `/v1/tenants/${tenant}/mappings?q=${encodeURIComponent(sku)}`);
  const found = (mappings as { sku: string; state: string }[]).find((mapping) => mapping.sku === sku);
  return found?.state ?? 'unknown';
}
