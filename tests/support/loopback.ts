/** Lets a test's own server listen on a free port of the loopback, and ends it with all its connections. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The server's address, without a slash at the end. */
export async function listenOnLoopback(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function endServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}
