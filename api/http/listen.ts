import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';

/** A slow sender of headers or body can't hold a connection longer than this. */
const REQUEST_TIMEOUT_MS = 60_000;
const CLOSE_WITHIN_MS = 5_000;

/** @throws Error that names the setting, when the port can't be had. */
export async function listen(app: Express, host: string, port: number) {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: 20_000 }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, host, port)));
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { port: taken, close: () => close(server) };
}

/** Answers what has begun, takes nothing new, and cuts off what takes too long. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
  await closed;
  clearTimeout(timer);
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const why =
    error.code === 'EADDRINUSE'
      ? `port ${port} of ${host} is already in use; set API_PORT to a free one, or 0 for any`
      : `can't listen on ${host}:${port} (${error.code ?? error.message}); see API_HOST and API_PORT`;
  return new Error(why, { cause: error });
}
