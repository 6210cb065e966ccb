import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import * as zlib from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ACCEPT_ENCODING } from '../../src/fetch/decompress.ts';
import type { FetcherOptions } from '../../src/fetch/fetcher.ts';
import type { Validators } from '../../src/model/fetch.ts';
import { type Rig, type Seen, brief, closeFetchers, fetcherWith, listen, messageOf, reply } from './rig.ts';

const FEED = '<rss version="2.0"><channel><title>皖江晚报</title></channel></rss>';
const FEED_MODIFIED = `200 modified ${JSON.stringify(FEED)}`;
const HASH = createHash('sha256').update(FEED).digest('hex');
const KNOWN: Validators = { etag: '"one"', lastModified: 'Tue, 03 Feb 2026 04:06:06 GMT', bodyHash: null };
const ZEROS = Buffer.alloc(50_000_000);
const { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } = zlib;
// By `zstd -19 --no-check`: FEED, and a million zeros. Node 20 can neither make nor read them.
const ZSTD_FEED = Buffer.from(
  'KLUv/QBoFQIAhAM8cnNzIHZlcnNpb249IjIuMCI+PGNoYW5uZWw+PHRpdGxlPuealuaxn+aZmuaKpTwvPC8vcnNzPgIASBUcN0wo',
  'base64',
);
const ZSTD_BOMB = Buffer.from('KLUv/QBoTAAACAABAPz/ORACAgAQAAIAEAACABAAAgAQAAIAEAACABAAAxIKAA==', 'base64');
const READS_ZSTD = 'createZstdDecompress' in zlib;

interface Case {
  readonly name: string;
  /** Bytes to answer with, after which the connection stays open; or what to do with it. */
  readonly answer: Buffer | string | ((socket: Socket, seen: Seen) => void);
  readonly gives: string;
  readonly message?: RegExp;
  readonly validators?: Validators;
  readonly options?: Partial<FetcherOptions>;
}

const head = (headers: string, status = '200 OK'): string => `HTTP/1.1 ${status}\r\n${headers}\r\n`;
const thenClose =
  (bytes: Buffer | string) =>
  (socket: Socket): void => {
    socket.end(bytes);
  };
const drip = (opening: string, piece: string) => (socket: Socket) => {
  socket.write(opening);
  const timer = setInterval(() => socket.write(piece), 20);
  socket.on('close', () => clearInterval(timer));
};
const coded = (coding: string, body: Buffer): Buffer => reply(200, { 'Content-Encoding': coding }, body);

let rig: Rig;
let current: Case['answer'] = '';

beforeAll(async () => {
  rig = await listen((socket, seen) => {
    if (typeof current === 'function') current(socket, seen);
    else socket.write(current);
  });
});
afterEach(closeFetchers);
afterAll(() => rig.close());

function runCases(cases: readonly Case[]): void {
  test.each(cases)('$name', async ({ answer, gives, message, validators, options }) => {
    current = answer;
    const fetcher = fetcherWith(options);
    const result = await fetcher.fetchDocument({ url: `${rig.origin}/feed`, validators: validators ?? null });
    expect(brief(result)).toBe(gives);
    expect(messageOf(result)).toMatch(message ?? '');
    expect(messageOf(result)).not.toMatch(/undefined|\n/);
  });
}

describe('statuses', () => {
  runCases([
    { name: '200', answer: reply(200, {}, FEED), gives: FEED_MODIFIED },
    { name: '200 with 0 bytes is modified', answer: reply(200, {}), gives: '200 modified ""' },
    { name: '203 is a document', answer: reply(203, {}, FEED), gives: FEED_MODIFIED.replace('200', '203') },
    { name: 'no Content-Type', answer: reply(200, { 'Content-Type': '' }, FEED), gives: FEED_MODIFIED },
    { name: 'HTTP/1.0, ended by closing', answer: thenClose(`HTTP/1.0 200 OK\r\n\r\n${FEED}`), gives: FEED_MODIFIED },
    { name: 'HTTP/1.1 without length, ended by closing', answer: thenClose(head('') + FEED), gives: FEED_MODIFIED },
    {
      name: 'no words after the status',
      answer: `HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok`,
      gives: '200 modified "ok"',
    },
    {
      name: '103 before 200',
      answer: Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'), reply(200, {}, FEED)]),
      gives: FEED_MODIFIED,
    },
    { name: '304 to known validators', answer: reply(304, {}), gives: '304 unmodified', validators: KNOWN },
    { name: '304 unasked', answer: reply(304, {}), gives: 'failed status 304', message: /named no version/ },
    {
      name: '200 with the body of last time',
      answer: reply(200, {}, FEED),
      gives: '200 unmodified',
      validators: { etag: null, lastModified: null, bodyHash: HASH },
    },
    {
      name: '204',
      answer: head('', '204 No Content'),
      gives: 'failed status 204',
      message: /204 No Content, which brings no document/,
    },
    { name: '205', answer: head('Content-Length: 0\r\n', '205 Reset Content'), gives: 'failed status 205' },
    {
      name: '206 unasked',
      answer: reply(206, {}, FEED),
      gives: 'failed status 206',
      message: /a part of the document/,
    },
    { name: '202 with a challenge', answer: reply(202, {}, '<script>'), gives: 'failed status 202' },
    { name: '300', answer: reply(300, { Location: '/' }), gives: 'failed status 300' },
    {
      name: '404',
      answer: reply(404, {}, 'nothing here'),
      gives: 'failed status 404',
      message: /^127\.0\.0\.1:\d+ answered 404 Not Found$/,
    },
    { name: '410', answer: reply(410, {}), gives: '410 gone' },
    { name: '418', answer: reply(418, {}), gives: 'failed status 418', message: /teapot/i },
    { name: '500', answer: reply(500, {}), gives: 'failed status 500' },
    { name: 'a status nobody knows', answer: reply(799, {}), gives: 'failed status 799', message: /answered 799$/ },
    {
      name: '101 unasked',
      answer: head('Upgrade: h2c\r\nConnection: Upgrade\r\n', '101 Switching'),
      gives: 'failed headers',
    },
  ]);
});

describe('Retry-After', () => {
  const cases: readonly (readonly [string, number, Record<string, string>, number | null])[] = [
    ['seconds on 503', 503, { 'Retry-After': '120' }, 120_000],
    ['seconds on 429', 429, { 'Retry-After': '7' }, 7000],
    [
      'a date on 429, by the clock of a server that is years behind',
      429,
      { 'Retry-After': 'Sat, 03 Feb 2001 04:07:06 GMT', Date: 'Sat, 03 Feb 2001 04:06:06 GMT' },
      60_000,
    ],
    ['nonsense', 503, { 'Retry-After': 'later' }, null],
    ['none', 503, {}, null],
    ['on a 404, where it means nothing', 404, { 'Retry-After': '120' }, null],
  ];
  test.each(cases)('%s', async (_name, status, headers, expected) => {
    current = reply(status, headers);
    const result = await fetcherWith().fetchDocument({ url: rig.origin });
    expect(result).toMatchObject({ outcome: 'failed', stage: 'status', status, retryAfterMs: expected });
  });
});

describe('content codings', () => {
  const gzip = gzipSync(FEED);
  // A megabyte of gzip that holds nothing.
  const EMPTY_MEMBERS = Buffer.concat(Array.from({ length: 50_000 }, () => gzipSync('')));
  runCases([
    { name: 'gzip', answer: coded('gzip', gzip), gives: FEED_MODIFIED },
    { name: 'x-gzip', answer: coded('x-gzip', gzip), gives: FEED_MODIFIED },
    { name: 'GZIP in capitals', answer: coded('GZIP', gzip), gives: FEED_MODIFIED },
    { name: 'br', answer: coded('br', brotliCompressSync(FEED)), gives: FEED_MODIFIED },
    { name: 'deflate as zlib', answer: coded('deflate', deflateSync(FEED)), gives: FEED_MODIFIED },
    { name: 'deflate, raw', answer: coded('deflate', deflateRawSync(FEED)), gives: FEED_MODIFIED },
    { name: 'gzip twice, said twice', answer: coded('gzip, gzip', gzipSync(gzip)), gives: FEED_MODIFIED },
    { name: 'gzip twice, said once', answer: coded('gzip', gzipSync(gzip)), gives: FEED_MODIFIED },
    { name: 'gzip once, said twice', answer: coded('gzip, gzip', gzip), gives: FEED_MODIFIED },
    { name: 'gzip within br', answer: coded('gzip, br', brotliCompressSync(gzip)), gives: FEED_MODIFIED },
    { name: 'gzip unsaid', answer: reply(200, {}, gzip), gives: FEED_MODIFIED },
    { name: 'gzip said of plain text', answer: coded('gzip', Buffer.from(FEED)), gives: FEED_MODIFIED },
    { name: 'br said of plain text', answer: coded('br', Buffer.from(FEED)), gives: FEED_MODIFIED },
    { name: 'deflate said of plain text', answer: coded('deflate', Buffer.from(FEED)), gives: FEED_MODIFIED },
    { name: 'deflate said of gzip', answer: coded('deflate', gzip), gives: FEED_MODIFIED },
    { name: 'a charset as coding', answer: coded('utf-8', Buffer.from(FEED)), gives: FEED_MODIFIED },
    { name: 'identity', answer: coded('identity', Buffer.from(FEED)), gives: FEED_MODIFIED },
    { name: 'gzip of nothing', answer: coded('gzip', Buffer.alloc(0)), gives: '200 modified ""' },
    {
      name: 'gzip with garbage after it',
      answer: coded('gzip', Buffer.concat([gzip, Buffer.from('\0\0\0')])),
      gives: FEED_MODIFIED,
    },
    {
      name: 'gzip a byte at a time',
      answer: (socket) => {
        socket.write(head(`Content-Encoding: gzip\r\nContent-Length: ${gzip.length}\r\n`));
        for (const byte of gzip) socket.write(Buffer.from([byte]));
      },
      gives: FEED_MODIFIED,
    },
    {
      name: 'gzip cut short',
      answer: coded('gzip', gzip.subarray(0, -12)),
      gives: 'failed body',
      message: /decompress/,
    },
    {
      name: 'gzip with a wrong checksum',
      answer: coded('gzip', Buffer.concat([gzip.subarray(0, -8), Buffer.alloc(8, 1)])),
      gives: 'failed body',
      message: /decompress/,
    },
    { name: 'br that is none', answer: coded('br', Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff])), gives: 'failed body' },
    {
      name: 'compress',
      answer: coded('compress', Buffer.from([0x1f, 0x9d, 0x90, 0, 0])),
      gives: 'failed body',
      message: /"compress"/,
    },
    { name: 'four codings', answer: coded('gzip, gzip, gzip, gzip', gzip), gives: 'failed body', message: /4 times/ },
    {
      name: 'gzip bomb',
      answer: coded('gzip', gzipSync(ZEROS)),
      gives: 'failed limit',
      message: /larger than 200000 bytes/,
    },
    { name: 'gzip bomb in a gzip', answer: coded('gzip', gzipSync(gzipSync(ZEROS))), gives: 'failed limit' },
    ...Object.entries({
      'gzip, gzip': gzipSync(EMPTY_MEMBERS),
      gzip: gzipSync(EMPTY_MEMBERS),
      'gzip, br': brotliCompressSync(EMPTY_MEMBERS),
      'gzip, deflate': deflateSync(EMPTY_MEMBERS),
    }).map(([codings, body]) => ({
      name: `empty members in ${codings}`,
      answer: coded(codings, body),
      gives: 'failed limit',
      message: /larger than 200000 bytes/,
    })),
    {
      name: 'brotli bomb',
      answer: coded('br', brotliCompressSync(ZEROS)),
      gives: 'failed limit',
      message: /larger than 200000 bytes/,
    },
    { name: 'deflate bomb', answer: coded('deflate', deflateSync(ZEROS)), gives: 'failed limit' },
    { name: 'zstd said of plain text', answer: coded('zstd', Buffer.from(FEED)), gives: FEED_MODIFIED },
  ]);

  const UNASKED = { gives: 'failed body', message: /compressed with zstd, which was not asked for/ };
  runCases([
    { name: 'zstd', answer: coded('zstd', ZSTD_FEED), ...(READS_ZSTD ? { gives: FEED_MODIFIED } : UNASKED) },
    {
      name: 'zstd cut short',
      answer: coded('zstd', ZSTD_FEED.subarray(0, -9)),
      ...(READS_ZSTD ? { gives: 'failed body', message: /decompress/ } : UNASKED),
    },
    {
      name: 'zstd bomb',
      answer: coded('zstd', ZSTD_BOMB),
      ...(READS_ZSTD ? { gives: 'failed limit', message: /larger than 200000 bytes/ } : UNASKED),
    },
  ]);
  test('zstd is asked for where it can be read', () => {
    expect(ACCEPT_ENCODING.split(', ').includes('zstd')).toBe(READS_ZSTD);
  });
});

describe('bodies and headers that break off or never end', () => {
  runCases([
    {
      name: 'Content-Length larger than the body',
      answer: thenClose(reply(200, { 'Content-Length': '500' }, FEED)),
      gives: 'failed body',
      message: /before the body was complete/,
    },
    {
      // The rest is no part of the document to HTTP; whoever reads the document sees that it ends early.
      name: 'Content-Length smaller than the body',
      answer: thenClose(reply(200, { 'Content-Length': '30' }, FEED)),
      gives: `200 modified ${JSON.stringify(FEED.slice(0, 30))}`,
    },
    {
      name: 'two Content-Lengths',
      answer: head('Content-Length: 2\r\nContent-Length: 3\r\n') + 'abc',
      gives: 'failed headers',
    },
    {
      name: 'Content-Length that is no number',
      answer: head('Content-Length: many\r\n') + 'abc',
      gives: 'failed headers',
    },
    {
      name: 'Content-Length over the limit is refused unread',
      answer: head('Content-Length: 200001\r\n'),
      gives: 'failed limit',
      message: /200001 bytes, more than the limit of 200000/,
    },
    {
      name: 'exactly the limit',
      answer: reply(200, {}, 'a'.repeat(2000)),
      options: { maxBytes: 2000 },
      gives: `200 modified "${'a'.repeat(2000)}"`,
    },
    {
      name: 'one byte over the limit, length unsaid',
      answer: thenClose(head('') + 'a'.repeat(2001)),
      options: { maxBytes: 2000 },
      gives: 'failed limit',
    },
    {
      name: 'endless body',
      answer: (socket) => {
        socket.write(head('Transfer-Encoding: chunked\r\n'));
        const more = (): void => {
          while (!socket.destroyed && socket.write(`1000\r\n${'a'.repeat(4096)}\r\n`));
        };
        socket.on('drain', more);
        more();
      },
      gives: 'failed limit',
    },
    {
      name: 'chunks that break off',
      answer: thenClose(`${head('Transfer-Encoding: chunked\r\n')}5\r\nabcde\r\n5\r\nab`),
      gives: 'failed body',
    },
    {
      name: 'chunks that are garbage',
      answer: `${head('Transfer-Encoding: chunked\r\n')}5\r\nabcde\r\nzz\r\n`,
      gives: 'failed body',
      message: /rules of HTTP/,
    },
    {
      name: 'chunks and a length',
      answer: `${head('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n')}5\r\nabcde\r\n0\r\n\r\n`,
      gives: 'failed headers',
    },
    {
      name: 'reset in the middle of the body',
      answer: (socket) =>
        socket.write(head('Content-Length: 500\r\n') + 'abc', () => setTimeout(() => socket.resetAndDestroy(), 30)),
      gives: 'failed body',
    },
    {
      name: 'closed without an answer',
      answer: (socket) => socket.end(),
      gives: 'failed headers',
      message: /without an answer/,
    },
    { name: 'closed within the headers', answer: thenClose('HTTP/1.1 200 OK\r\nContent-'), gives: 'failed headers' },
    { name: 'reset before an answer', answer: (socket) => socket.resetAndDestroy(), gives: 'failed headers' },
    { name: 'another protocol', answer: 'SSH-2.0-OpenSSH_9.6\r\n', gives: 'failed headers', message: /rules of HTTP/ },
    { name: 'a header with a NUL', answer: head('X-A: a\0b\r\nContent-Length: 0\r\n'), gives: 'failed headers' },
    {
      name: 'headers too large',
      answer: head(`X-A: ${'a'.repeat(20_000)}\r\n`),
      gives: 'failed limit',
      message: /headers .* larger than 16384 bytes/,
    },
    {
      name: 'headers without end',
      answer: drip(head('').slice(0, -2), `X-A: ${'a'.repeat(3000)}\r\n`),
      gives: 'failed limit',
    },
    {
      name: 'slowloris headers',
      answer: drip('HTTP/1.1 200 OK\r\n', 'X'),
      options: { headersTimeoutMs: 200 },
      gives: 'failed timeout',
      message: /no complete headers .* within 200 ms/,
    },
    {
      name: 'no answer at all',
      answer: () => {},
      options: { headersTimeoutMs: 100 },
      gives: 'failed timeout',
      message: /headers .* within 100 ms/,
    },
    {
      name: 'a body that stops',
      answer: head('Content-Length: 9\r\n') + 'abc',
      options: { bodyTimeoutMs: 100 },
      gives: 'failed timeout',
      message: /nothing more .* for 100 ms/,
    },
    {
      name: 'slowloris body',
      answer: drip(head('Content-Length: 9000\r\n'), 'a'),
      options: { timeoutMs: 300 },
      gives: 'failed timeout',
      message: /not complete within 300 ms/,
    },
    {
      name: 'slow body of an error page is not waited for',
      answer: drip(head('Content-Length: 9000\r\n', '404 Not Found'), 'a'),
      gives: 'failed status 404',
    },
  ]);
});
