/** Sends each request over a connection of its own: undici's clients without the pools that its agents keep them in. */
import { Client, type Dispatcher as UndiciDispatcher } from 'undici';

export type DispatchOptions = UndiciDispatcher.DispatchOptions;
export type DispatchController = UndiciDispatcher.DispatchController;

export interface Dispatcher {
  /** Sends one request over a new connection; what becomes of it is told to `handler`. */
  readonly dispatch: (options: DispatchOptions, handler: UndiciDispatcher.DispatchHandler) => void;
  /** Ends what is under way, and closes all connections. */
  readonly destroy: () => Promise<void>;
}

/**
 * A dispatcher by these options, which keeps no connection: polls of one host are far apart, ten thousand idle sockets
 * are memory, and a request on a connection that the server is closing fails for no fault of either. An agent of undici's
 * would make a pool for each poll, with a queue of 2,048 places.
 */
export function createDispatcher(options: Client.Options): Dispatcher {
  const open = new Set<Client>();
  return {
    dispatch(request, handler) {
      const client = new Client(request.origin ?? '', options);
      const forget = () => void open.delete(client);
      open.add(client);
      client.once('disconnect', forget).once('connectionError', forget).dispatch(request, handler);
    },
    async destroy() {
      await Promise.all([...open].map((client) => client.destroy()));
    },
  };
}
