/** Runs a bench's server in a process of its own, so that its work is not counted and holds up nobody who measures. */
import { fork } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ForkedServer<Start, Order> {
  /** What the server said when it was ready. */
  readonly start: Start;
  /** Resolves once the server has done it. */
  readonly order: (order: Order) => Promise<void>;
  readonly close: () => void;
}

/** `file`: a module that calls `serveOrders` when it is started by itself. */
export async function forkServer<Start, Order extends string | number>(
  file: string,
  args: readonly string[] = [],
): Promise<ForkedServer<Start, Order>> {
  const child = fork(file, args);
  const answer = () => new Promise<unknown>((done) => child.once('message', done));
  const start = (await answer()) as Start;
  return {
    start,
    async order(order) {
      child.send(order);
      await answer();
    },
    close: () => child.kill(),
  };
}

/** In the server's process: says that it is ready, and does what it is told until the other process ends. */
export function serveOrders(start: string | object, obey: (order: never) => void): void {
  process.on('message', (order) => {
    obey(order as never);
    process.send?.('done');
  });
  process.on('disconnect', () => process.exit());
  process.send?.(start);
}

/** On an address of its own, which is a host of its own; keeps no process running. Gives the base of its addresses. */
export async function listen(host: string, answer: RequestListener): Promise<string> {
  const server = createServer(answer).unref();
  await new Promise<void>((done) => server.listen(0, host, done));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}
