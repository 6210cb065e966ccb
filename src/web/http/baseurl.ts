/** Finds the absolute address that pages and feeds give as their own. */
import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Settings } from '../../model/config.ts';
import { isNamedProxy } from './access.ts';
import type { WebDeps } from '../deps.ts';

interface Base {
  /** Without a slash at the end. */
  readonly url: string;
  /** One of few: configured, or among the first hosts that readers came by. */
  readonly known: boolean;
}

/** `socket`: the connection that the request came by. */
export type BaseOf = (
  request: Pick<FastifyRequest, 'headers' | 'host' | 'protocol'> & { readonly socket: Pick<Socket, 'remoteAddress'> },
) => Base;

const HOST = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
/** Renderings differ by host, so hosts beyond these are treated like any other narrowing. */
const MAX_HOSTS = 8;

/**
 * The configured address; without one, the host that the request came by, or that a proxy names which the config trusts;
 * without a sound one, host and port. What anyone else says of a host could end up in a shared cache, for everyone.
 */
export function basesOf({ config }: Pick<WebDeps, 'config'>): BaseOf {
  const hosts = new Set<string>();
  return (request) => {
    const { server } = config().settings;
    const { baseUrl, trustedProxies } = server;
    if (baseUrl !== null) return { url: ownAddress(server), known: true };
    const proxied =
      (request.headers['x-forwarded-host'] !== undefined || request.headers['x-forwarded-proto'] !== undefined) &&
      isNamedProxy(request.socket.remoteAddress ?? '', trustedProxies);
    const asked = (proxied ? request.host : request.headers.host)?.toLowerCase();
    if (asked === undefined || !HOST.test(asked)) return { url: ownAddress(server), known: true };
    const url = `${proxied && request.protocol === 'https' ? 'https' : 'http'}://${asked}`;
    if (hosts.size < MAX_HOSTS) hosts.add(url);
    return { url, known: hosts.has(url) };
  };
}

/** What answers depend on that name this server's address; empty where it is configured. For `Vary` (RFC 9110 §12.5.5). */
export function varyOfBase({ baseUrl, trustedProxies }: Settings['server']): string {
  if (baseUrl !== null) return '';
  return trustedProxies.length === 0 ? 'Host' : 'Host, X-Forwarded-Host, X-Forwarded-Proto';
}

/** The configured address; without one, host and port. No slash at the end. */
export function ownAddress({ baseUrl, host, port }: Settings['server']): string {
  return baseUrl === null ? `http://${bracket(host)}:${port}` : baseUrl.replace(/(?<!\/)\/+$/, '');
}

function bracket(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
