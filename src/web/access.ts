/** Decides from a request's headers who may see the desk, and which requests come from another site. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { Settings } from '../types.ts';

type Server = Settings['server'];
type Headers = Readonly<Record<string, string | string[] | undefined>>;

export type Access =
  | { readonly allowed: true }
  /** 401: say who you are; 403: no. */
  | { readonly allowed: false; readonly status: 401 | 403; readonly message: string };

const ALLOWED: Access = { allowed: true };

/** Names and addresses of the machine itself: `host` with or without port and brackets. */
export function isLoopback(host: string): boolean {
  const name = hostname(host);
  return (
    name === 'localhost' ||
    name === '::1' ||
    name.endsWith('.localhost') ||
    (isIP(name) === 4 && name.startsWith('127.'))
  );
}

function hostname(host: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(host);
  if (bracketed !== null) return (bracketed[1] ?? '').toLowerCase();
  const colons = host.split(':').length - 1;
  return (colons === 1 ? host.slice(0, host.indexOf(':')) : host).toLowerCase();
}

function hostOf(url: string | null | undefined): string | null {
  if (!url) return null;
  try {
    return new URL(url).host.toLowerCase();
  } catch {
    return null;
  }
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** May this request see the desk: `/status`, `/api`, `/ledger`, `/admin`, `/metrics`? */
export function deskAccess(server: Server, headers: Headers): Access {
  if (server.admin !== null) return checkPassword(server.admin, one(headers.authorization));
  if (!isLoopback(server.host))
    return {
      allowed: false,
      status: 403,
      message:
        'This page needs a password, because the server can be reached from other machines. Set DELTAWIRE_ADMIN=user:password (or server.admin in settings.yaml) and start again.',
    };
  return checkOpenDesk(server, headers);
}

/**
 * Without a password, only this machine's own browser may see the desk: no site whose name was pointed at 127.0.0.1
 * (DNS rebinding), and nobody whom a proxy on this machine lets in from outside.
 */
function checkOpenDesk(server: Server, headers: Headers): Access {
  if (headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined)
    return {
      allowed: false,
      status: 403,
      message:
        'This page came through a proxy, and no password is set. Set DELTAWIRE_ADMIN=user:password to see it there.',
    };
  const host = one(headers.host);
  if (host === undefined || isLoopback(host) || host.toLowerCase() === hostOf(server.baseUrl)) return ALLOWED;
  return {
    allowed: false,
    status: 403,
    message:
      'This page is shown under localhost or the configured server.baseUrl only, as no password is set. Set DELTAWIRE_ADMIN=user:password to see it under other names.',
  };
}

function checkPassword(
  admin: { readonly user: string; readonly password: string },
  header: string | undefined,
): Access {
  const match = /^Basic +([A-Za-z0-9+/=]{1,2000})$/i.exec(header ?? '');
  const given = match === null ? '' : Buffer.from(match[1] ?? '', 'base64').toString('utf8');
  // Digests have one length, so that neither content nor length of the secret shows in the time.
  const equal = timingSafeEqual(digest(given), digest(`${admin.user}:${admin.password}`));
  return match !== null && equal
    ? ALLOWED
    : { allowed: false, status: 401, message: 'Who are you? Give the user and password set as DELTAWIRE_ADMIN.' };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/**
 * True where a request that changes something was sent by another site's page. Browsers say so (Fetch Metadata, or
 * Origin where that is missing); programs such as curl send neither and are no one's browser.
 */
export function isCrossSite(server: Server, headers: Headers): boolean {
  const site = one(headers['sec-fetch-site']);
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = one(headers.origin);
  if (origin === undefined) return false;
  const from = hostOf(origin);
  return from === null || (from !== one(headers.host)?.toLowerCase() && from !== hostOf(server.baseUrl));
}

/** Counts wrong passwords by address: after `most` within a minute, that address waits. */
export function createThrottle(most: number): {
  readonly blocked: (address: string, now: number) => boolean;
  readonly count: (address: string, now: number) => void;
} {
  const failures = new Map<string, { count: number; readonly since: number }>();
  const windowMs = 60_000;
  const maxAddresses = 10_000;
  const current = (address: string, now: number) => {
    const seen = failures.get(address);
    return seen !== undefined && now - seen.since < windowMs ? seen : undefined;
  };
  return {
    blocked: (address, now) => (current(address, now)?.count ?? 0) >= most,
    count: (address, now) => {
      const seen = current(address, now);
      if (seen !== undefined) seen.count++;
      else {
        if (failures.size >= maxAddresses) failures.clear();
        failures.set(address, { count: 1, since: now });
      }
    },
  };
}
