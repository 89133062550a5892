import { Connection } from '@temporalio/client';
import { waitUntil } from './wait-until.ts';

/** Whether a Temporal server answers at `address` within `withinMs`, with the namespace and the search attributes in place. */
export async function isTemporalReady(
  address: string,
  {
    namespace = 'default',
    searchAttributes,
  }: { namespace?: string | undefined; searchAttributes: Record<string, string> },
  withinMs: number,
): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  let connection: Connection;
  try {
    connection = await Connection.connect({ address, connectTimeout: withinMs });
  } catch {
    return false; // nothing listens there yet
  }
  try {
    const check = async () => {
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
      return Object.keys(searchAttributes).every((name) => name in (customAttributes ?? {})) || undefined;
    };
    const found = await connection.withDeadline(deadline, () =>
      waitUntil(() => check().catch(() => undefined), { timeoutMs: deadline - Date.now(), intervalMs: 50 }),
    );
    return found ?? false;
  } finally {
    await connection.close();
  }
}
