/** Keeps one undici dispatcher for each origin and the proxy that it is reached by. */
import { Agent, Pool, ProxyAgent, type Dispatcher } from 'undici';
import type { AddressGuard } from './addressguard.ts';
import { createConnector } from './connector.ts';
import type { Lookup } from './nameresolver.ts';

export interface DispatcherOptions {
  readonly guard: AddressGuard;
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly maxHeaderBytes: number;
  readonly lookup: Lookup;
}

/** An HTTP proxy: `forward` takes http requests in absolute form, `tunnel` takes https through CONNECT. */
export interface ProxyRoute {
  readonly origin: string;
  readonly authorization: string | null;
}

export interface Dispatchers {
  readonly direct: Dispatcher;
  forward(proxy: ProxyRoute): Dispatcher;
  tunnel(proxy: ProxyRoute): Dispatcher;
  destroy(): Promise<void>;
}

const PROXY_AGENTS = 16;

/** Dispatchers that connect only where the guard lets them, with TLS verified. */
export function createDispatchers(options: DispatcherOptions): Dispatchers {
  const connect = createConnector(options);
  const client = {
    headersTimeout: options.headersTimeoutMs,
    bodyTimeout: options.bodyTimeoutMs,
    maxHeaderSize: options.maxHeaderBytes,
    // No connection is kept: polls of one host are far apart, ten thousand idle sockets are memory, and a request on a
    // connection that the server is closing fails for no fault of either.
    pipelining: 0,
  };
  const direct = new Agent({ ...client, connect });
  // The most recently used stand last.
  const agents = new Map<string, Dispatcher>();

  const cached = (key: string, make: () => Dispatcher): Dispatcher => {
    const agent = agents.get(key) ?? make();
    agents.delete(key);
    agents.set(key, agent);
    for (const [oldest, old] of agents) {
      if (agents.size <= PROXY_AGENTS) break;
      agents.delete(oldest);
      // Requests under way end as they would have; a failure to close has no consequence.
      old.close().catch(() => {});
    }
    return agent;
  };

  return {
    direct,
    forward: ({ origin }) => cached(`forward ${origin}`, () => new Agent({ ...client, connect })),
    tunnel: ({ origin, authorization }) =>
      cached(`tunnel ${origin} ${authorization ?? ''}`, () => {
        const requestTls = { timeout: options.connectTimeoutMs, rejectUnauthorized: true };
        return new ProxyAgent({
          ...client,
          uri: origin,
          ...(authorization === null ? {} : { token: authorization }),
          requestTls,
          clientFactory: (url) => new Pool(url, { ...client, connect }),
        });
      }),
    async destroy() {
      const all = [direct, ...agents.values()];
      agents.clear();
      await Promise.all(all.map((agent) => agent.destroy()));
    },
  };
}
