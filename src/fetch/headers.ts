/** Builds request headers from validators and an operator's own, and reads response headers into a record. */
import { createRequire } from 'node:module';
import type { Validators } from '../model/fetch.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { ACCEPT_ENCODING } from './decompress.ts';

export type Accept = 'feed' | 'page' | 'any';
export type Headers = Readonly<Record<string, string>>;

// src/fetch and dist/fetch are equally deep.
const { version } = createRequire(import.meta.url)('../../package.json') as { readonly version: string };

/** What deltawire calls itself, with an address where people can read what it is. */
export const USER_AGENT = `deltawire/${version} (+https://github.com/deltawire/deltawire)`;

const ACCEPT: Readonly<Record<Accept, string>> = {
  feed: 'application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/feed+json, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5',
  page: 'text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8',
  any: '*/*',
};

// The fetcher sets framing and negotiation itself; an operator who copies a browser's headers needs the others.
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'range',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

// What another origin may see of an operator's headers: how to answer, never who asks.
const HARMLESS_HEADERS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'user-agent']);

const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** An operator's headers with lower-case names, or which one HTTP does not allow. */
export function readCustomHeaders(headers: Headers): { readonly headers: Headers } | { readonly reason: Reason } {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.trim().toLowerCase();
    if (!NAME.test(key)) return { reason: reason('fetch.headers.name', { name }) };
    if (!VALUE.test(value)) return { reason: reason('fetch.headers.value', { name: key }) };
    if (!OWN_HEADERS.has(key)) own[key] = value;
  }
  return { headers: own };
}

/** The part of `headers` that goes with a redirect to another origin. */
export function keepHarmless(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS_HEADERS.has(name)));
}

export interface RequestHeaderFacts {
  readonly userAgent: string;
  readonly accept: Accept;
  readonly validators: Validators | null;
  /** Lower-case names. */
  readonly custom: Headers;
  readonly authorization: string | null;
}

/** Headers of one request; an operator's own win over the defaults, an address's userinfo over a configured header. */
export function buildRequestHeaders(facts: RequestHeaderFacts): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': facts.userAgent,
    accept: ACCEPT[facts.accept],
    'accept-language': 'zh-CN, zh;q=0.9, en;q=0.5',
    ...facts.custom,
    'accept-encoding': ACCEPT_ENCODING,
  };
  if (facts.authorization !== null) headers['authorization'] = facts.authorization;
  const { etag, lastModified } = facts.validators ?? { etag: null, lastModified: null };
  if (etag !== null && etag !== '' && VALUE.test(etag)) headers['if-none-match'] = etag;
  if (lastModified !== null && lastModified !== '' && VALUE.test(lastModified)) {
    headers['if-modified-since'] = lastModified;
  }
  return headers;
}

// Of these a response has one; a second is a mistake and does not join the first (RFC 9110 §5.3).
const SINGLE: ReadonlySet<string> = new Set([
  'age',
  'content-length',
  'content-location',
  'content-type',
  'date',
  'etag',
  'expires',
  'last-modified',
  'location',
  'retry-after',
]);

const text = (value: Buffer | string): string => (typeof value === 'string' ? value : value.toString('latin1'));

/**
 * Raw name, value, name, value … as a record with lower-case names. Bytes become the characters of the same number
 * (latin1), so that an ETag goes back as it came, whatever its charset. Several Set-Cookie become lines, for a comma may
 * stand in each (RFC 6265 §3).
 */
export function readResponseHeaders(raw: readonly (Buffer | string)[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = text(raw[i] ?? '').toLowerCase();
    const value = text(raw[i + 1] ?? '').trim();
    if (!Object.hasOwn(headers, name)) headers[name] = value;
    else if (!SINGLE.has(name)) headers[name] = `${headers[name]}${name === 'set-cookie' ? '\n' : ', '}${value}`;
  }
  return headers;
}

/** Percent-encodes the bytes of a Location that are not ASCII: a GBK path stays the path that the server knows. */
export function encodeLocation(location: string): string {
  return location.replace(
    /[\x80-\xff]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
