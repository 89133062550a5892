import { randomInt } from 'node:crypto';
import type { Server } from 'node:net';
import { createServer } from 'node:net';

// Below the range that systems give to outgoing connections (from 32768 on Linux), so that none takes a port between our
// look and the server's start.
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** That many different ports on 127.0.0.1 that nothing listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const held: { port: number; server: Server }[] = [];
  try {
    while (held.length < count) {
      const port = randomInt(LOWEST, HIGHEST);
      const server = await listen(port);
      if (server) held.push({ port, server });
    }
    return held.map(({ port }) => port);
  } finally {
    await Promise.all(held.map(({ server }) => close(server)));
  }
}

/** One port on 127.0.0.1 that nothing listens on. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port!;
}

/** Whether nothing listens on this port of 127.0.0.1. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = await listen(port);
  if (server) await close(server);
  return server !== undefined;
}

/**
 * Passes if the port is free.
 * @param what whose port it is, for the reader: "the API".
 * @param setting the setting that chooses it: "API_PORT".
 * @throws Error that says what to do.
 */
export async function requireFreePort(port: number, what: string, setting: string): Promise<void> {
  if (await isPortFree(port)) return;
  throw new Error(`Port ${port} for ${what} is in use; set ${setting} to another or stop what uses it.`);
}

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
