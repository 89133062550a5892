/** A sale as the sandbox's own books have it. */
export interface BookedSale {
  saleId: string;
  referenceNumber: string;
  referenceNumberSource: string;
  total: string;
}

/** The account that the sandbox was started with. */
export async function sandboxAccount(control: string): Promise<string> {
  const { accounts } = (await readJson(`${control}/accounts`)) as { accounts: { accountId: string }[] };
  const [first] = accounts;
  if (!first) throw new Error('the sandbox has no account');
  return first.accountId;
}

/** Every completed sale of the till, from its books, not from ours. */
export async function readTillBooks(control: string, accountId: string): Promise<BookedSale[]> {
  const { sales } = (await readJson(`${control}/accounts/${accountId}/books/sales`)) as { sales: BookedSale[] };
  return sales;
}

async function readJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the sandbox answered ${response.status} for ${new URL(url).pathname}`);
  return response.json();
}
