/** Writes and reads the cookie that carries a session's token (RFC 6265, and the name prefixes of its draft successor). */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LONGEST_SECONDS } from '../../store/auth/sessions.ts';
import { mountPath } from '../http/mountpath.ts';
import type { Settings } from '../../model/config.ts';

const NAME = 'deltawire-session';
/**
 * Browsers take a cookie of this name only over TLS and from this host itself, so that no other host can plant one. It
 * goes to every path of the host; a server under a path has one that goes to its own.
 */
const SECURE_NAME = `__Host-${NAME}`;
const SECURE_NAME_UNDER_PATH = `__Secure-${NAME}`;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** A planted cookie may come before ours, so more than the first are looked at. */
const MOST_TOKENS = 4;

type Server = Pick<Settings['server'], 'baseUrl'>;

/** True where the visitor came over TLS: by the configured address, or as a trusted proxy says. */
function isSecure({ baseUrl }: Server, request: Pick<FastifyRequest, 'protocol'>): boolean {
  return request.protocol === 'https' || baseUrl?.startsWith('https:') === true;
}

function nameOf(server: Server, request: Pick<FastifyRequest, 'protocol'>): string {
  if (!isSecure(server, request)) return NAME;
  return mountPath(server) === '' ? SECURE_NAME : SECURE_NAME_UNDER_PATH;
}

/** Tokens that the request brought, of the form that ours have. */
export function tokensOf(server: Server, request: FastifyRequest): readonly string[] {
  const name = nameOf(server, request);
  return (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
    .filter((value) => TOKEN.test(value))
    .slice(0, MOST_TOKENS);
}

/** True where the browser holds a session's cookie, in force or not. */
export function bringsSession(request: Pick<FastifyRequest, 'headers'>): boolean {
  return request.headers.cookie?.includes(`${NAME}=`) === true;
}

/** `token`: null ends the cookie. */
export function setSessionCookie(
  server: Server,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string | null,
): void {
  const secure = isSecure(server, request);
  const value = `${nameOf(server, request)}=${token ?? ''}`;
  const age = token === null ? 0 : LONGEST_SECONDS;
  reply.header('set-cookie', `${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`);
}
