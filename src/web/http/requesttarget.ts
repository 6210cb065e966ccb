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

const RAW_TARGET = /^(?:GET|HEAD) (\/[^\s?]{0,200})(?:\?(\S{0,8000}))? HTTP\/1\.[01]\r\n/;
const BEYOND_ASCII = /[\u0080-\u00ff]/g;

/**
 * Where a request should have gone whose target holds raw bytes, relative to where it went, or null: curl and newsboat
 * send ?region=合肥 as it is typed, which Node's parser refuses before anyone else sees it. `packet` is what came.
 */
function encodedTarget(packet: Buffer): string | null {
  const [, path, query] = RAW_TARGET.exec(packet.toString('latin1')) ?? [];
  if (path === undefined) return null;
  const encode = (text: string): string =>
    text.replace(BEYOND_ASCII, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
  const written = query === undefined ? path : `${path}?${query}`;
  const encoded = encode(written);
  if (encoded === written || pathOf(encoded) === null) return null;
  return `./${encoded.slice(encode(path).lastIndexOf('/') + 1)}`;
}

const STATUSES: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** Answers what Node's parser could not read: with the address in its encoded form where that was all, else with a refusal. */
export function answerUnread(error: Error & { code?: string; rawPacket?: unknown }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const target =
      error.code === 'HPE_INVALID_URL' && Buffer.isBuffer(error.rawPacket) ? encodedTarget(error.rawPacket) : null;
    const status = target === null ? (STATUSES[error.code ?? ''] ?? '400 Bad Request') : '308 Permanent Redirect';
    const head = target === null ? status : `${status}\r\nLocation: ${target}`;
    const text = `${status}\n`;
    socket.write(
      `HTTP/1.1 ${head}\r\nContent-Type: text/plain\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`,
    );
  }
  socket.destroySoon();
}
