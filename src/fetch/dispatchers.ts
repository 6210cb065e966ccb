/** Keeps one dispatcher for straight connections, and one for each proxy. */
import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { AddressGuard } from './addressguard.ts';
import { createConnector, type Trust } from './connector.ts';
import { createDispatcher, type Dispatcher } from './dispatcher.ts';
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

/** Proxies whose TLS sessions are kept. */
const MOST_TUNNELS = 16;

/** Dispatchers that connect only where the guard lets them, with TLS verified. */
export function createDispatchers(options: DispatcherOptions): Dispatchers {
  const connect = createConnector(options);
  const client = {
    headersTimeout: options.headersTimeoutMs,
    bodyTimeout: options.bodyTimeoutMs,
    maxHeaderSize: options.maxHeaderBytes,
    pipelining: 0,
  };
  const direct = createDispatcher({ ...client, connect });
  // The most recently used stand last.
  const tunnels = new Map<string, Dispatcher>();

  const tunnelThrough = (proxy: ProxyRoute): Dispatcher => {
    const key = JSON.stringify(proxy);
    const tunnel = tunnels.get(key) ?? createDispatcher({ ...client, connect: createTunnel(options, proxy) });
    tunnels.delete(key);
    tunnels.set(key, tunnel);
    // Requests under way end as they would have.
    for (const oldest of tunnels.keys()) if (tunnels.size > MOST_TUNNELS) tunnels.delete(oldest);
    return tunnel;
  };

  const connectorFor = (trust: Trust, proxy: ProxyRoute | null) =>
    proxy === null ? createConnector({ ...options, trust }) : createTunnel({ ...options, trust }, proxy);

  return {
    direct,
    completing: (issuers, proxy) => createDispatcher({ ...client, connect: connectorFor(issuers, proxy) }),
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
    http2() {
      const connectByHttp2 = createConnector({ ...options, allowH2: true });
      return createDispatcher({ ...client, pipelining: 1, allowH2: true, connect: connectByHttp2 });
    },
    through: tunnelThrough,
    async destroy() {
      const all = [direct, ...tunnels.values()];
      tunnels.clear();
      await Promise.all(all.map((dispatcher) => dispatcher.destroy()));
    },
  };
}
