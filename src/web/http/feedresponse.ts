/** Writes a rendered feed to the socket: 200 or 304, its headers put together once for each of its forms. */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Format } from '../../publish/formats.ts';
import type { Encoded, Rendering } from './renderings.ts';
import { isUnchanged, lastModified } from './conditional.ts';
import type { Coding } from './encoding.ts';
import { SAFETY_HEADERS } from './safetyheaders.ts';

export interface FeedAnswer {
  readonly rendering: Rendering;
  readonly encoded: Encoded;
  readonly coding: Coding;
  readonly format: Format;
  /** The store is away and this is what was rendered last. */
  readonly stale: boolean;
}

/** Names and values in turn, as `writeHead` takes them. */
interface Headers {
  readonly whole: readonly string[];
  readonly unchanged: readonly string[];
}

/** Browsers show text/xml with its stylesheet; a type made for feeds they download, or show as source. */
const PAGE_TYPE = 'text/xml; charset=utf-8';
// Obsolete since RFC 9111, and still what readers and proxies understand (RFC 7234 §5.5.1).
const STALE = ['warning', '110 - "Response is Stale"'];
/** What is stale already is not to be kept for as long again as the edition's rhythm would have it. */
const STALE_CONTROL = 'public, max-age=60, stale-if-error=86400';

/** By encoded form; what browsers and readers get differs in its type. */
const prepared = new WeakMap<Encoded, { readonly page?: Headers; readonly feed?: Headers }>();

/** Passes over Fastify's reply, which costs more than the whole of a 304. */
export function writeFeed(request: FastifyRequest, reply: FastifyReply, answer: FeedAnswer, now: number): FastifyReply {
  reply.hijack();
  writeAnswer(request.headers, reply.raw, answer, now);
  return reply;
}

/** Returns the status. */
export function writeAnswer(
  asked: IncomingHttpHeaders,
  response: ServerResponse,
  answer: FeedAnswer,
  now: number,
): 200 | 304 {
  const { rendering, encoded, stale } = answer;
  const modifiedAt = rendering.changedAt > 0 ? lastModified(rendering.changedAt, now) : Infinity;
  const headers = headersFor(answer, asPage(asked, answer.format), modifiedAt, now);
  const unchanged = isUnchanged(asked, encoded.etag, modifiedAt);
  const chosen = unchanged ? headers.unchanged : headers.whole;
  const status = unchanged ? 304 : 200;
  response.writeHead(status, stale ? asStale(chosen) : (chosen as string[]));
  if (unchanged) response.end();
  else response.end(encoded.body);
  return status;
}

function asStale(headers: readonly string[]): string[] {
  return [...headers.map((value, i) => (headers[i - 1] === 'cache-control' ? STALE_CONTROL : value)), ...STALE];
}

/** True where a person opens the feed in a browser: a navigation's Accept begins with HTML, a reader's does not. */
function asPage(asked: IncomingHttpHeaders, format: Format): boolean {
  return format.extension !== 'json' && (asked.accept?.startsWith('text/html') ?? false);
}

function headersFor(answer: FeedAnswer, page: boolean, modifiedAt: number, now: number): Headers {
  const { encoded, rendering } = answer;
  const known = prepared.get(encoded);
  const ready = page ? known?.page : known?.feed;
  if (ready !== undefined) return ready;
  const headers = makeHeaders(answer, page, modifiedAt);
  // In its first second a rendering's date is not yet final.
  if (now - rendering.changedAt >= 1000) prepared.set(encoded, { ...known, [page ? 'page' : 'feed']: headers });
  return headers;
}

function makeHeaders({ encoded, coding, format, rendering }: FeedAnswer, page: boolean, modifiedAt: number): Headers {
  const json = format.extension === 'json';
  const unchanged = [
    'etag',
    encoded.etag,
    'cache-control',
    rendering.cacheControl,
    'vary',
    ['Accept-Encoding, Accept', rendering.vary].filter(Boolean).join(', '),
    'link',
    rendering.link,
    ...(Number.isFinite(modifiedAt) ? ['last-modified', new Date(modifiedAt).toUTCString()] : []),
    ...(json
      ? ['access-control-allow-origin', '*', 'access-control-expose-headers', 'ETag, Last-Modified, Warning']
      : []),
  ];
  const whole = [
    ...unchanged,
    'content-type',
    page ? PAGE_TYPE : rendering.contentType,
    'content-length',
    String(encoded.body.length),
    ...(coding === 'identity' ? [] : ['content-encoding', coding]),
    ...Object.entries(SAFETY_HEADERS).flat(),
  ];
  return { whole, unchanged };
}
