/** Reads what a request asks for (RFC 9112 §3.2), and refuses what names no path of this server. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { isWeb, parseUrl } from '../../text/url.ts';

const HERE = 'http://localhost';

/**
 * Path and query of a request's target in origin or absolute form; null where it is neither, or where a browser that
 * resolved it would find no address: `//[` names a host that cannot be. Slashes at the beginning are one, so that no link
 * made of it leads to another host.
 */
export function pathOf(target: string): string | null {
  const resolved = parseUrl(target, HERE);
  const url = target.startsWith('/') ? parseUrl(`${HERE}${target}`) : parseUrl(target);
  return resolved === null || url === null || !isWeb(url) ? null : url.pathname.replace(/^\/+/, '/') + url.search;
}

/** Node hangs up on a CONNECT without a word where nobody listens for it. */
export function refuseTunnels(app: FastifyInstance): void {
  app.server.on('connect', (_request, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
}

/** Whether a request has one Host at most: of two, a proxy before us may take the other one (RFC 9112 §3.2). */
export function namesOneHost({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): boolean {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) if (/^host$/i.test(rawHeaders[i] ?? '')) hosts++;
  return hosts <= 1;
}
