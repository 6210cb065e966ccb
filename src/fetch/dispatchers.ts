/** Keeps one undici dispatcher for straight connections, and one for each proxy. */
import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { Agent, type Dispatcher } from 'undici';
import type { AddressGuard } from './addressguard.ts';
import { createConnector, type Trust } from './connector.ts';
import type { Lookup } from './nameresolver.ts';
import { createTunnel, type ProxyRoute } from './tunnel.ts';

export interface DispatcherOptions {
  readonly guard: AddressGuard;
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly maxHeaderBytes: number;
  readonly lookup: Lookup;
}

export interface Dispatchers {
  readonly direct: Dispatcher;
  /** For one request to a server that takes nothing but HTTP/2; to be destroyed by who asked for it. */
  http2(): Dispatcher;
  through(proxy: ProxyRoute): Dispatcher;
  /** For one request to a server whose chain lacks these certificates (PEM); to be destroyed by who asked for it. */
  completing(issuers: readonly string[], proxy: ProxyRoute | null): Dispatcher;
  /** The certificate that the server of `url` shows, whoever vouches for it. Nothing is sent there. Rejects as connections do. */
  peek(url: URL, proxy: ProxyRoute | null): Promise<X509Certificate | null>;
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

  const connectorFor = (trust: Trust, proxy: ProxyRoute | null) =>
    proxy === null ? createConnector({ ...options, trust }) : createTunnel({ ...options, trust }, proxy);

  return {
    direct,
    completing: (issuers, proxy) => new Agent({ ...client, connect: connectorFor(issuers, proxy) }),
    peek: (url, proxy) =>
      new Promise((done, fail) => {
        const { protocol, hostname, host, port } = url;
        connectorFor('anyone', proxy)({ protocol, hostname, host, port }, (...[error, socket]) => {
          if (error !== null) return fail(error);
          // undici hands out what TLS made.
          done((socket as TLSSocket).getPeerX509Certificate() ?? null);
          socket.destroy();
        });
      }),
    http2: () =>
      new Agent({ ...client, pipelining: 1, allowH2: true, connect: createConnector({ ...options, allowH2: true }) }),
    through: (proxy) =>
      cached(JSON.stringify(proxy), () => new Agent({ ...client, connect: createTunnel(options, proxy) })),
    async destroy() {
      const all = [direct, ...agents.values()];
      agents.clear();
      await Promise.all(all.map((agent) => agent.destroy()));
    },
  };
}
