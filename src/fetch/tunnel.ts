/** Connects sockets through an HTTP proxy, which is told checked addresses and never a name to look up itself. */
import { isIP, type Socket } from 'node:net';
import { callbackify } from 'node:util';
import { buildConnector, Client } from 'undici';
import { OPEN_GUARD } from './addressguard.ts';
import { checksOf, type ConnectorOptions, createConnector, passedAddresses, refusal } from './connector.ts';

/** An HTTP proxy; https requests and plain ones both go through its CONNECT. */
export interface ProxyRoute {
  readonly origin: string;
  readonly authorization: string | null;
}

/** A proxy that does not connect further. */
export class ProxyRefused extends Error {
  override readonly name = 'ProxyRefused';
  readonly status: number;
  constructor(status: number) {
    super(`the proxy answered ${status}`);
    this.status = status;
  }
}

/** Of a name, tried one after the other. */
const MAX_ADDRESSES = 3;
/** By which a proxy says that it could not reach an address (RFC 9110 §15.6); another one may answer. */
const isUnreachable = (status: number): boolean => status === 502 || status === 503 || status === 504;

/**
 * A connector for undici's dispatchers. The proxy's own address is the operator's word and is not checked; what it is
 * asked to connect to is resolved and checked here, for what a proxy looks up by itself is out of sight.
 */
export function createTunnel(options: ConnectorOptions, proxy: ProxyRoute): buildConnector.connector {
  const { guard, connectTimeoutMs, lookup, trust } = options;
  const secure = buildConnector({ timeout: connectTimeoutMs, ...checksOf(trust) });
  const connectProxy = createConnector({ ...options, guard: OPEN_GUARD, trust: undefined });

  async function ask(authority: string): Promise<{ readonly status: number; readonly socket: Socket }> {
    const client = new Client(proxy.origin, {
      connect: connectProxy,
      pipelining: 0,
      headersTimeout: connectTimeoutMs,
    });
    try {
      const headers: Record<string, string> = { host: authority };
      if (proxy.authorization !== null) headers['proxy-authorization'] = proxy.authorization;
      const { statusCode, socket } = await client.connect({ path: authority, headers });
      // undici hands out what its connector made: a socket of node:net.
      return { status: statusCode, socket: socket as Socket };
    } finally {
      client.close().catch(() => {});
    }
  }

  function resolve(host: string): Promise<readonly string[]> {
    if (isIP(host) !== 0) {
      const kind = guard.refuse(host);
      return kind === null ? Promise.resolve([host]) : Promise.reject(refusal(host, host, kind));
    }
    return new Promise((done, fail) => {
      const timer = setTimeout(() => {
        fail(Object.assign(new Error(`${host} is not resolved in time`), { code: 'UND_ERR_CONNECT_TIMEOUT' }));
      }, connectTimeoutMs);
      lookup(host, { all: true }, (error, found) => {
        clearTimeout(timer);
        const passed = error ?? passedAddresses(host, found, guard);
        if (passed instanceof Error) fail(passed);
        else done(passed.map(({ address }) => address));
      });
    });
  }

  async function open({ hostname, port, protocol }: buildConnector.Options): Promise<Socket> {
    const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
    const service = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
    let status = 502;
    for (const address of (await resolve(host)).slice(0, MAX_ADDRESSES)) {
      const answer = await ask(`${address.includes(':') ? `[${address}]` : address}:${service}`);
      if (answer.status === 200) return answer.socket;
      answer.socket.on('error', () => {}).destroy();
      ({ status } = answer);
      if (!isUnreachable(status)) break;
    }
    throw new ProxyRefused(status);
  }

  const openSocket = callbackify(open);
  return (target, callback) => {
    openSocket(target, (error, socket) => {
      if (error !== null) callback(error, null);
      else if (target.protocol === 'https:') secure({ ...target, httpSocket: socket }, callback);
      else callback(null, socket);
    });
  };
}
