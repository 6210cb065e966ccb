/** Reads an address, configured or redirected to, as a target that may be asked, or says why it may not. */
import { isIP } from 'node:net';
import { MOST_ADDRESS, parseUrl, withoutUser } from '../text/url.ts';
import type { AddressGuard } from './addressguard.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';

export interface Target {
  /** Without userinfo and fragment, host without a trailing dot. */
  readonly url: URL;
  /** Value of an `Authorization` header from the address's userinfo (RFC 7617); null without. */
  readonly authorization: string | null;
}

export type TargetResult =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly reason: Reason };

export interface TargetRules {
  readonly guard: AddressGuard;
  /** Ports let through in spite of the list below. */
  readonly allowPorts: readonly number[];
  /** Whether `user:password@` is taken as Basic authentication; otherwise it is refused. */
  readonly allowUserinfo: boolean;
}

// https://fetch.spec.whatwg.org/#bad-port: ports of other protocols, which a crafted HTTP request could give commands to.
const BAD_PORTS: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `Basic …` for the userinfo of `url`, UTF-8 (RFC 7617 §2.1); null without userinfo. */
export function readUserinfo(url: URL): string | null {
  if (url.username === '' && url.password === '') return null;
  const pair = `${decodePart(url.username)}:${decodePart(url.password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

/**
 * Reads `address` (relative to `base`, if given). WHATWG's parser makes 0x7f.1, 2130706433, 017700000001 and full-width
 * digits the address they mean, so that the guard sees it.
 */
export function readTarget(address: string, rules: TargetRules, base?: URL): TargetResult {
  if (address.length > MOST_ADDRESS) return { ok: false, reason: reason('fetch.address.long', { most: MOST_ADDRESS }) };
  let url: URL;
  try {
    url = new URL(address, base);
  } catch {
    return { ok: false, reason: reason('fetch.address.none', { text: shorten(address) }) };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { ok: false, reason: reason('fetch.address.protocol', { protocol: url.protocol }) };
  }
  const authorization = readUserinfo(url);
  if (authorization !== null && !rules.allowUserinfo) {
    return { ok: false, reason: reason('fetch.address.userinfo', { host: url.hostname }) };
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  // "host." is "host" to DNS but another name to TLS and to a comparison of origins.
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/(?<!\.)\.+$/, '');
  const port = url.port === '' ? null : Number(url.port);
  if (port !== null && BAD_PORTS.has(port) && !rules.allowPorts.includes(port)) {
    return { ok: false, reason: reason('fetch.address.port', { host: url.hostname, port }) };
  }
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  if (isIP(host) !== 0) {
    const kind = rules.guard.refuse(host);
    if (kind !== null) return { ok: false, reason: reason('fetch.address.refused', { host, kind }) };
  }
  return { ok: true, target: { url, authorization } };
}

const SHOWN_CHARACTERS = 200;

/** `text` short enough for a message. */
export function shorten(text: string): string {
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
}

/** A source's address as it may be shown: without what stands for a password. */
export function showAddress(address: string): string {
  const url = parseUrl(address);
  return url === null ? shorten(address) : withoutUser(url).href;
}
