import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePort, freePorts, requireFreePort } from '../../sandbox/stack/free-ports.ts';

test('a busy port says whose it should be and what to do', async () => {
  const port = await freePort();
  await requireFreePort(port, 'the API', 'API_PORT');
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  await expect(requireFreePort(port, 'the API', 'API_PORT')).rejects.toThrow(
    `Port ${port} for the API is in use; set API_PORT to another or stop what uses it.`,
  );
});

test('several free ports are different ones', async () => {
  expect(new Set(await freePorts(20)).size).toBe(20);
});
