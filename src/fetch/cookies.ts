/** Keeps the cookies of one chain of redirects (RFC 6265): what a server sets goes back to its own site, and ends with the chain. */
import { isIP } from 'node:net';
import { getDomain } from 'tldts';
import { parseHttpDate } from '../text/time.ts';

interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Host or domain, lower case. */
  readonly domain: string;
  /** Other hosts of the domain get it too. */
  readonly isShared: boolean;
  readonly path: string;
  readonly isSecure: boolean;
}

export interface CookieJar {
  /** Takes what a response from `url` sets; several cookies stand in lines. */
  take(url: URL, setCookie: string): void;
  /** Value of Cookie for a request to `url`, behind the operator's own cookies; null where there is none. */
  give(url: URL, own: string | null): string | null;
  /** Whether `url` was asked with the cookies that it would get now: with a new one it is another request. */
  wasAsked(url: URL): boolean;
}

/** RFC 6265 §6.1 asks for 50 of 4,096 bytes for each domain; a chain of a few hops needs a few. */
const MOST_COOKIES = 50;
const MOST_CHARACTERS = 4096;
const PAIR = /^[\x20-\x3a\x3c-\x7e\x80-\xff]+$/;

export function createCookieJar(now: () => number): CookieJar {
  const cookies = new Map<string, Cookie>();
  const asked = new Set<string>();
  const pairsFor = (url: URL) =>
    [...cookies.values()]
      .filter((cookie) => isFor(cookie, url))
      // Longer paths stand first (RFC 6265 §5.4).
      .toSorted((a, b) => b.path.length - a.path.length);
  const requestOf = (url: URL) => [url.href, ...pairsFor(url).map(({ name, value }) => `${name}=${value}`)].join(' ');
  return {
    take(url, setCookie) {
      for (const line of setCookie.split('\n')) {
        const read = readCookie(url, line, now());
        if (read === null) continue;
        const { cookie, isOver } = read;
        const key = `${cookie.name} ${cookie.domain} ${cookie.path}`;
        cookies.delete(key);
        if (!isOver && cookies.size < MOST_COOKIES) cookies.set(key, cookie);
      }
    },
    give(url, own) {
      asked.add(requestOf(url));
      const owned = new Set((own ?? '').split(';').map((pair) => pair.split('=', 1)[0]?.trim()));
      const given = pairsFor(url).filter(({ name }) => !owned.has(name));
      const all = [...(own === null ? [] : [own]), ...given.map(({ name, value }) => `${name}=${value}`)];
      return all.length === 0 ? null : all.join('; ');
    },
    wasAsked: (url) => asked.has(requestOf(url)),
  };
}

/** One Set-Cookie; null where it is damaged, or names a domain that is none of its server's (RFC 6265 §5.2, §5.3). */
function readCookie(url: URL, line: string, now: number): { readonly cookie: Cookie; readonly isOver: boolean } | null {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  if (at < 0 || name === '' || pair.length > MOST_CHARACTERS || !PAIR.test(pair.trim())) return null;
  const said = new Map(
    attributes.map((attribute) => {
      const [key = '', ...rest] = attribute.split('=');
      return [key.trim().toLowerCase(), rest.join('=').trim()];
    }),
  );
  const domain = (said.get('domain') ?? '').replace(/^\./, '').toLowerCase();
  const isShared = domain !== '' && domain !== url.hostname;
  if (isShared && !isAbove(domain, url.hostname)) return null;
  const path = said.get('path');
  const maxAge = said.get('max-age');
  const expires = parseHttpDate(said.get('expires') ?? '', now);
  return {
    cookie: {
      name,
      value,
      domain: isShared ? domain : url.hostname,
      isShared,
      path: path?.startsWith('/') === true ? path : defaultPath(url),
      isSecure: said.has('secure'),
    },
    isOver: maxAge === undefined ? expires !== null && expires <= now : Number(maxAge) <= 0,
  };
}

/** A public suffix such as com.cn has no domain of its own, and an address of digits no domain above it. */
function isAbove(domain: string, hostname: string): boolean {
  if (!hostname.endsWith(`.${domain}`) || isIP(hostname) !== 0) return false;
  return getDomain(domain, { allowPrivateDomains: true }) !== null;
}

/** RFC 6265 §5.1.4 */
const defaultPath = ({ pathname }: URL): string => pathname.slice(0, Math.max(1, pathname.lastIndexOf('/')));

function isFor({ domain, isShared, path, isSecure }: Cookie, { hostname, pathname, protocol }: URL): boolean {
  if (hostname !== domain && !(isShared && hostname.endsWith(`.${domain}`))) return false;
  if (isSecure && protocol !== 'https:') return false;
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}
