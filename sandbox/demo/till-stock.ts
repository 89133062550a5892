/** The sandbox's control plane, and whose till is meant. */
export interface Till {
  control: string;
  accountId: string;
}

/** Sets what the till has on hand of an item in one shop. */
export async function setStock(till: Till, itemId: string, shopId: string, qoh: number): Promise<void> {
  const response = await fetch(`${till.control}/accounts/${till.accountId}/stock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ itemId, shopId, qoh }),
  });
  if (!response.ok) throw new Error(`the sandbox refused a stock change: ${response.status} ${await response.text()}`);
}

/** What the till has on hand of an item, by shop. */
export async function readStock({ control, accountId }: Till, itemId: string): Promise<Map<string, number>> {
  const response = await fetch(`${control}/accounts/${accountId}/items/${itemId}`);
  if (!response.ok) throw new Error(`the sandbox has no item ${itemId}: ${response.status}`);
  const { stock } = (await response.json()) as { stock: { shopId: string; qoh: number | string }[] };
  return new Map(stock.map(({ shopId, qoh }) => [shopId, Number(qoh)]));
}
