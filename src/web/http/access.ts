/** Decides from a request's headers who may see a desk without a password, and which requests come from another site. */
import ipaddr from 'ipaddr.js';
import type { Config, Settings } from '../../model/config.ts';
import { hostOf, isLoopback } from '../../text/url.ts';

type Server = Settings['server'];
type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** True for the machine itself and for what lies in one of these CIDR blocks. */
export function isTrustedProxy(address: string, blocks: readonly string[]): boolean {
  return ipaddr.isValid(address) && (ipaddr.process(address).range() === 'loopback' || isNamedProxy(address, blocks));
}

/** True for what lies in one of these CIDR blocks. */
export function isNamedProxy(address: string, blocks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return blocks.some((block) => {
    const [base, bits] = ipaddr.parseCIDR(block);
    return base.kind() === parsed.kind() && parsed.match(base, bits);
  });
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** What proxies say of the request that they pass on, if they say anything. */
const OF_PROXIES =
  /^(?:x-forwarded(?:-.*)?|forwarded|via|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-.*)$/;

/** True of a request of which a proxy says something. */
export function comesByProxy(headers: Headers): boolean {
  return Object.keys(headers).some((name) => OF_PROXIES.test(name));
}

/**
 * Why a desk without a password is closed to everyone; null where this machine's own browser may see it. Behind a proxy
 * on this machine every visitor comes from loopback: an address for others, or a proxy named in the config, says so.
 */
export function closedToAll({
  host,
  baseUrl,
  behindProxy,
  trustedProxies,
}: Server): 'deskReachable' | 'deskPublished' | null {
  if (!isLoopback(host)) return 'deskReachable';
  const published = baseUrl !== null && !isLoopback(hostOf(baseUrl) ?? '');
  return published || behindProxy || trustedProxies.length > 0 ? 'deskPublished' : null;
}

/**
 * Why a desk without a password is closed to this request; null where it is open. Only this machine's own browser may
 * see it: not a site whose name was pointed at 127.0.0.1 (DNS rebinding), and not a request that a proxy on this machine
 * passes on from outside.
 */
export function closedBecause(
  server: Server,
  headers: Headers,
): 'deskReachable' | 'deskPublished' | 'deskProxied' | 'deskForeignName' | null {
  const closed = closedToAll(server);
  if (closed !== null) return closed;
  if (comesByProxy(headers)) return 'deskProxied';
  const asked = one(headers.host);
  return asked === undefined || isLoopback(asked) ? null : 'deskForeignName';
}

/** The config may be changed from the desk where a password guards it. */
export function mayEdit({ settings }: Pick<Config, 'settings'>): boolean {
  return settings.server.admin !== null;
}

/**
 * Whether a public page shows the desk's forms. Where there is a password, a request with a session or a login sees them
 * without a check of either: the page could otherwise be asked without limit whether one is right. What the forms send
 * is guarded.
 */
export function mayUseForms(server: Server, headers: Headers, loggedIn: boolean): boolean {
  if (server.admin === null) return closedBecause(server, headers) === null;
  return loggedIn || headers['authorization'] !== undefined;
}

/** The method asks for something and changes nothing (RFC 9110 §9.2.1). */
export function isSafe({ method }: { readonly method: string }): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/**
 * Whose page sent a request that changes something. Browsers say so by Fetch Metadata, by Origin where that is missing,
 * or by Referer where both are; programs such as curl say nothing of it.
 */
export function senderOf(server: Server, headers: Headers): 'ours' | 'another' | 'unsaid' {
  const site = one(headers['sec-fetch-site']);
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'ours' : 'another';
  const from = one(headers.origin) ?? one(headers.referer);
  if (from === undefined) return 'unsaid';
  const host = hostOf(from);
  return host !== null && (host === one(headers.host)?.toLowerCase() || host === hostOf(server.baseUrl ?? ''))
    ? 'ours'
    : 'another';
}

/** Counts requests by address in this process: after `most` within a minute, that address waits. */
export function createThrottle(most: number): {
  readonly blocked: (address: string, now: number) => boolean;
  /** Counts one more; gives how many there are. */
  readonly count: (address: string, now: number) => number;
} {
  const counts = new Map<string, { count: number; readonly since: number }>();
  const windowMs = 60_000;
  const maxAddresses = 10_000;
  const current = (address: string, now: number) => {
    const seen = counts.get(address);
    return seen !== undefined && now - seen.since < windowMs ? seen : undefined;
  };
  return {
    blocked: (address, now) => (current(address, now)?.count ?? 0) >= most,
    count: (address, now) => {
      const seen = current(address, now);
      if (seen !== undefined) return ++seen.count;
      if (counts.size >= maxAddresses) counts.clear();
      counts.set(address, { count: 1, since: now });
      return 1;
    },
  };
}
