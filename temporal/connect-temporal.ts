import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { KeyRing } from '../runtime/key-ring.ts';
import { createPayloadCodec } from './payload-codec.ts';

/** Every client and worker of the installation reads and writes payloads through this. */
export function createDataConverter(ring: KeyRing): DataConverter {
  return { payloadCodecs: [createPayloadCodec(ring)] };
}

/** Address, TLS, API key and headers for the client's connection and the workers'. */
export function connectionOptions(address: string) {
  return { ...loadClientConnectConfig().connectionOptions, address };
}

/**
 * Connects to the cluster that the configuration names; TLS, API key and headers come from Temporal's own environment
 * configuration (`TEMPORAL_TLS…`, `TEMPORAL_API_KEY`, a profile file).
 */
export async function connectTemporal(settings: { address: string; namespace: string }, ring: KeyRing) {
  const connection = await Connection.connect(connectionOptions(settings.address)).catch((error: unknown) => {
    throw new Error(`Temporal doesn't answer at ${settings.address}; see TEMPORAL_ADDRESS`, { cause: error });
  });
  const client = new Client({ connection, namespace: settings.namespace, dataConverter: createDataConverter(ring) });
  return { client, connection, close: () => connection.close() };
}
