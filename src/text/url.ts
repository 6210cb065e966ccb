/** Reads web addresses: which may be asked for, shown or published, and whose they are. */
import { isIP } from 'node:net';
import { parse } from 'tldts';

/** Characters. Longer addresses are none that anyone reads, links or asks for: sitemaps.org ends there too. */
export const MOST_ADDRESS = 2048;

/** Null where it is none, or longer than any. `base` serves relative ones. */
export function parseUrl(address: string, base?: string): URL | null {
  if (address.length > MOST_ADDRESS) return null;
  // What is given without a scheme, mostly nothing at all, is told without the cost of an exception.
  if (base === undefined && !address.includes(':')) return null;
  try {
    return new URL(address, base);
  } catch {
    return null;
  }
}

/** Whether an address leads to the web: http or https, with a host. */
export const isWeb = ({ protocol, hostname }: URL): boolean =>
  (protocol === 'http:' || protocol === 'https:') && hostname !== '';

/** Without user and password, which in an address from outside only mislead: https://bank.example@evil.example/. */
export function withoutUser(url: URL): URL {
  if (url.username === '' && url.password === '') return url;
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare;
}

/** Host and port in lower case; null where it is no address. */
export const hostOf = (address: string): string | null => parseUrl(address)?.host.toLowerCase() ?? null;

/** Names and addresses of the machine itself: `host` with or without port and brackets. */
export function isLoopback(host: string): boolean {
  const name = bareHost(host);
  return (
    name === 'localhost' ||
    name === '::1' ||
    name.endsWith('.localhost') ||
    (isIP(name) === 4 && name.startsWith('127.'))
  );
}

function bareHost(host: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(host);
  if (bracketed !== null) return (bracketed[1] ?? '').toLowerCase();
  const colons = host.split(':').length - 1;
  return (colons === 1 ? host.slice(0, host.indexOf(':')) : host).toLowerCase();
}

/** The domain that was registered (publicsuffix.org, ICANN part) for a host name; an address or a name of no domain as it is. */
export const registeredDomain = (hostname: string): string => parse(hostname).domain ?? hostname;
