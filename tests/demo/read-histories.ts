import { Client, Connection } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createPayloadCodec } from '../../temporal/payload-codec.ts';

/**
 * Every run that a query finds, one text each: its id, search attributes, memo and history, with every sealed payload
 * opened as the Temporal page would show it.
 */
export async function readHistories(
  address: string,
  secretKeys: string,
  query = '',
): Promise<{ workflowId: string; text: string }[]> {
  const codec = createPayloadCodec(createKeyRing(secretKeys));
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection });
    const histories: { workflowId: string; text: string }[] = [];
    for await (const { workflowId, runId, raw } of client.workflow.list({ query })) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      const opened: string[] = [];
      await openPayloads([raw, history], async (payload) => {
        const [plain] = await codec.decode([payload]);
        opened.push(Buffer.from(plain!.data ?? []).toString('utf8'));
      });
      histories.push({ workflowId, text: [JSON.stringify([raw, history]), ...opened].join('\n') });
    }
    return histories;
  } finally {
    await connection.close();
  }
}

/** Calls `open` for every object that looks like a payload, however deep it lies. */
async function openPayloads(value: unknown, open: (payload: Payload) => Promise<void>): Promise<void> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  if ('data' in value && 'metadata' in value) await open(value as Payload);
  for (const part of Object.values(value)) await openPayloads(part, open);
}
