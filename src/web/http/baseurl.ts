/** Finds the absolute address that pages and feeds give as their own. */
import type { FastifyRequest } from 'fastify';
import type { WebDeps } from '../deps.ts';

interface Base {
  /** Without a slash at the end. */
  readonly url: string;
  /** One of few: configured, or among the first hosts that readers came by. */
  readonly known: boolean;
}

export type BaseOf = (request: Pick<FastifyRequest, 'headers' | 'host' | 'protocol'>) => Base;

const HOST = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
/** Renderings differ by host, so hosts beyond these are treated like any other narrowing. */
const MAX_HOSTS = 8;

/**
 * The configured address; without one, the host that the request came by, or that a trusted proxy names; without a
 * sound one, host and port.
 */
export function basesOf({ config }: Pick<WebDeps, 'config'>): BaseOf {
  const hosts = new Set<string>();
  return (request) => {
    const { baseUrl, host, port } = config().settings.server;
    if (baseUrl !== null) return { url: baseUrl.replace(/(?<!\/)\/+$/, ''), known: true };
    const proxied =
      request.headers['x-forwarded-host'] !== undefined || request.headers['x-forwarded-proto'] !== undefined;
    const asked = (proxied ? request.host : request.headers.host)?.toLowerCase();
    if (asked === undefined || !HOST.test(asked)) return { url: `http://${bracket(host)}:${port}`, known: true };
    const url = `${proxied && request.protocol === 'https' ? 'https' : 'http'}://${asked}`;
    if (hosts.size < MAX_HOSTS) hosts.add(url);
    return { url, known: hosts.has(url) };
  };
}

function bracket(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
