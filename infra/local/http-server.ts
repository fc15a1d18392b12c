import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where it answers; port 0 takes any free one. Rejects when the port cannot be had (`EADDRINUSE`). */
export async function listen(server: Server, port = 0, host = '127.0.0.1'): Promise<{ url: string; port: number }> {
  await once(server.listen(port, host), 'listening');
  const taken = (server.address() as AddressInfo).port;
  return { url: `http://${host}:${taken}`, port: taken };
}

/** Ends the connections that are open, too. */
export function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
