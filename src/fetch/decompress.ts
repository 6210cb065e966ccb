/** Decompresses the body of a response as it arrives, bounded on both sides of the decompression. */
import * as zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';

interface BodyFault {
  readonly stage: 'body' | 'limit';
  readonly reason: Reason;
}

/** Takes chunks as they arrive, and ends with one call of `done`. */
export interface BodyReader {
  push(chunk: Uint8Array): void;
  finish(): void;
  /** Frees what is held; `done` is not called any more. */
  discard(): void;
}

interface Stage {
  push(chunk: Uint8Array): void;
  finish(): void;
}

// Node 20 has no zstd; where it is missing, it is not offered.
type Zlib = typeof zlib & { createZstdDecompress?: (options: { chunkSize: number }) => Transform };
const createZstd = (zlib as Zlib).createZstdDecompress;

/** Value of `Accept-Encoding`: what this Node can decode. */
export const ACCEPT_ENCODING = createZstd === undefined ? 'gzip, br, deflate' : 'gzip, br, zstd, deflate';

const CHUNK = { chunkSize: 65_536 };
const MAX_CODINGS = 3;
// As many bytes as the longest magic number (zstd's).
const HEAD_BYTES = 4;

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;
const isZstd = (head: Uint8Array): boolean =>
  head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd;
// RFC 1950 §2.2: method 8, and both bytes as one number divide by 31.
const isZlib = (head: Uint8Array): boolean =>
  ((head[0] ?? 0) & 0x0f) === 8 && (((head[0] ?? 0) << 8) | (head[1] ?? 0)) % 31 === 0;
// How documents begin: a byte order mark, or four printable characters of which the first is "<" or "{". Neither "<",
// "{" nor 0xef can open a brotli stream (RFC 7932 §9.1, §9.2: a reserved or padding bit would be set).
const isText = (head: Uint8Array): boolean => {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return true;
  return (
    (head[0] === 0x3c || head[0] === 0x7b) && head.subarray(0, HEAD_BYTES).every((byte) => byte < 0x7f && byte > 8)
  );
};

// Servers label plain bodies gzip and compress twice; what a body begins with counts for more than its label.
function pickDecoder(coding: string | null, head: Uint8Array): Transform | 'unasked' | null {
  // A brotli stream may happen to begin with gzip's two bytes.
  if (coding !== 'br' && isGzip(head)) return zlib.createGunzip(CHUNK);
  if (coding === 'deflate') {
    if (isZlib(head)) return zlib.createInflate(CHUNK);
    return isText(head) || head.length === 0 ? null : zlib.createInflateRaw(CHUNK);
  }
  if (coding === 'br') return isText(head) || head.length === 0 ? null : zlib.createBrotliDecompress(CHUNK);
  if (coding !== null && isZstd(head)) {
    return createZstd === undefined ? 'unasked' : createZstd(CHUNK);
  }
  return coding === 'compress' ? 'unasked' : null;
}

/** The codings of a Content-Encoding header in the order in which they are undone; names it should not have are left out. */
export function readCodings(header: string | undefined): readonly string[] {
  if (header === undefined) return [];
  const codings = header
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim().replace(/^x-/, ''))
    .filter((coding) => ['gzip', 'deflate', 'br', 'zstd', 'compress'].includes(coding));
  return codings.reverse();
}

/** One body while it arrives. */
interface Body {
  readonly host: string;
  readonly maxBytes: number;
  readonly done: (result: Uint8Array | BodyFault) => void;
  readonly decoders: Transform[];
  readonly chunks: Uint8Array[];
  arrivedBytes: number;
  decodedBytes: number;
  /** Nothing more is taken, and `done` is not called any more. */
  over: boolean;
}

/**
 * Reads one body. `maxBytes` bounds what arrives and what comes out of each layer of compression: a bomb stops there, also
 * where a layer above makes little or nothing of it.
 * `done` gets the decoded bytes or what was wrong with them; `host` is named in that.
 */
export function readBody(host: string, codings: readonly string[], maxBytes: number, done: Body['done']): BodyReader {
  const body: Body = { host, maxBytes, done, decoders: [], chunks: [], arrivedBytes: 0, decodedBytes: 0, over: false };
  if (codings.length > MAX_CODINGS) {
    queueMicrotask(() => fail(body, 'body', reason('fetch.body.layers', { host, layers: codings.length })));
  }
  // The last stage undoes a second, undeclared gzip.
  let first = sniff(body, null, collect(body));
  for (const coding of codings.toReversed()) first = sniff(body, coding, first);
  return {
    push(chunk) {
      if (body.over) return;
      body.arrivedBytes += chunk.length;
      if (body.arrivedBytes > maxBytes) fail(body, 'limit', reason('fetch.limit.arrived', { host, limit: maxBytes }));
      else first.push(chunk);
    },
    finish() {
      if (!body.over) first.finish();
    },
    discard: () => discard(body),
  };
}

function discard(body: Body): void {
  body.over = true;
  body.chunks.length = 0;
  for (const decoder of body.decoders) decoder.destroy();
}

function fail(body: Body, stage: BodyFault['stage'], why: Reason): void {
  if (body.over) return;
  discard(body);
  body.done({ stage, reason: why });
}

/** The last stage: keeps what was decoded. */
function collect(body: Body): Stage {
  return {
    push(chunk) {
      body.decodedBytes += chunk.length;
      body.chunks.push(chunk);
    },
    finish() {
      if (body.over) return;
      body.over = true;
      const whole = Buffer.concat(body.chunks, body.decodedBytes);
      body.chunks.length = 0;
      body.done(whole);
    },
  };
}

/** A stage that waits for the first bytes, and decodes the rest as they show. */
function sniff(body: Body, coding: string | null, next: Stage): Stage {
  let head: Uint8Array = new Uint8Array(0);
  let chosen: Stage | null = null;
  const choose = (): Stage | null => {
    const decoder = pickDecoder(coding, head);
    if (decoder === 'unasked') {
      fail(
        body,
        'body',
        reason('fetch.body.unasked-coding', { host: body.host, coding: coding === 'compress' ? '"compress"' : 'zstd' }),
      );
      return null;
    }
    chosen = decoder === null ? next : decodeInto(body, decoder, coding, next);
    if (head.length > 0) chosen.push(head);
    return chosen;
  };
  return {
    push(chunk) {
      if (chosen !== null) chosen.push(chunk);
      else {
        head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
        if (head.length >= HEAD_BYTES) choose();
      }
    },
    finish() {
      (chosen ?? choose())?.finish();
    },
  };
}

function decodeInto(body: Body, decoder: Transform, coding: string | null, next: Stage): Stage {
  body.decoders.push(decoder);
  let bytes = 0;
  decoder.on('data', (chunk: Uint8Array) => {
    if (body.over) return;
    bytes += chunk.length;
    if (bytes > body.maxBytes)
      fail(body, 'limit', reason('fetch.limit.decoded', { host: body.host, limit: body.maxBytes }));
    else next.push(chunk);
  });
  decoder.on('end', () => body.over || next.finish());
  decoder.on('error', (error) =>
    fail(
      body,
      'body',
      reason('fetch.body.compression', { host: body.host, coding: coding ?? 'gzip', said: error.message }),
    ),
  );
  return { push: (chunk) => void decoder.write(chunk), finish: () => void decoder.end() };
}
