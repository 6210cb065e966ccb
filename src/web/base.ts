/** Finds the absolute address that pages and feeds name themselves by. */
import type { FastifyRequest } from 'fastify';
import type { WebDeps } from './deps.ts';

export interface Base {
  /** Without a slash at the end. */
  readonly url: string;
  /** One of few: configured, or among the first hosts that readers came by. */
  readonly known: boolean;
}

const HOST = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
/** Renderings differ by host, so hosts beyond these are treated like any other narrowing. */
const MAX_HOSTS = 8;

/** The configured address; without one, the host that the request came by; without a sound one, host and port. */
export function basesOf({ config }: Pick<WebDeps, 'config'>): (request: FastifyRequest) => Base {
  const hosts = new Set<string>();
  return (request) => {
    const { baseUrl, host, port } = config().settings.server;
    if (baseUrl !== null) return { url: baseUrl.replace(/\/+$/, ''), known: true };
    const asked = request.headers.host?.toLowerCase();
    if (asked === undefined || !HOST.test(asked)) return { url: `http://${bracket(host)}:${port}`, known: true };
    if (hosts.size < MAX_HOSTS) hosts.add(asked);
    return { url: `http://${asked}`, known: hosts.has(asked) };
  };
}

function bracket(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
