/** Attempts on the wire: requests hidden within requests, and headers that would change what is kept for others. */
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { send } from './raw.ts';
import { makeConfig, makeHit, type RunningWeb, seedEntries, startWeb } from './seed.ts';

let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis, { config: makeConfig({}, { admin: { user: 'ops', password: 'long enough' } }) });
  await seedEntries(web.store, [{ id: 'one', title: '合肥开通公交线路', regions: [makeHit('340100')] }]);
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

/** All that is answered to these bytes, after which the client says no more. */
function sendBytes(bytes: string | Uint8Array): Promise<string> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    const socket = net.connect({ port: Number(new URL(web.url).port), host: '127.0.0.1', allowHalfOpen: true });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.destroy());
    socket.on('close', () => done(Buffer.concat(chunks).toString()));
    socket.end(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  });
}

/** The statuses of all answers to these bytes. */
const answersTo = async (bytes: string): Promise<readonly number[]> =>
  [...(await sendBytes(bytes)).matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** Would be answered with 200. */
const HIDDEN = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';
const asChunk = `${HIDDEN.length.toString(16)}\r\n${HIDDEN}\r\n0\r\n\r\n`;

/** A request that needs a login, with these lines in its head. */
const post = (head: readonly string[], body: string) =>
  `${['POST /api/poll HTTP/1.1', 'Host: localhost', ...head].join('\r\n')}\r\n\r\n${body}`;

describe('a request within the body of another is not answered:', () => {
  const inBody: readonly (readonly [name: string, bytes: string])[] = [
    [
      'Content-Length and chunked, of which the first counts',
      post([`Content-Length: ${5 + HIDDEN.length}`, 'Transfer-Encoding: chunked'], `0\r\n\r\n${HIDDEN}`),
    ],
    [
      'chunked and Content-Length, of which the second counts',
      post(['Transfer-Encoding: chunked', 'Content-Length: 4'], asChunk),
    ],
    ['two lengths', post([`Content-Length: ${HIDDEN.length}`, 'Content-Length: 0'], HIDDEN)],
    ['two lengths in one line', post([`Content-Length: 0, ${HIDDEN.length}`], HIDDEN)],
    ['a length with a sign', post(['Content-Length: +0'], HIDDEN)],
    ['a negative length', post(['Content-Length: -1'], HIDDEN)],
    ['a hexadecimal length', post(['Content-Length: 0x0'], HIDDEN)],
    ['a length with more behind', post(['Content-Length: 0 0'], HIDDEN)],
    ['an endless length', post([`Content-Length: 1${'0'.repeat(40)}`], HIDDEN)],
    ['a blank before the colon', post(['Content-Length : 0', `Content-Length: ${HIDDEN.length}`], HIDDEN)],
    [
      'chunked with a blank before the colon',
      post(['Transfer-Encoding : chunked', 'Content-Length: 5'], `0\r\n\r\n${HIDDEN}`),
    ],
    [
      'another coding that ends in chunked',
      post(['Transfer-Encoding: xchunked', 'Content-Length: 5'], `0\r\n\r\n${HIDDEN}`),
    ],
    ['chunked, then another coding', post(['Transfer-Encoding: chunked, identity'], `0\r\n\r\n${HIDDEN}`)],
    [
      'two codings in two lines',
      post(['Transfer-Encoding: chunked', 'Transfer-Encoding: x', 'Content-Length: 5'], `0\r\n\r\n${HIDDEN}`),
    ],
    ['a folded line', post(['Transfer-Encoding:', ' chunked', 'Content-Length: 5'], `0\r\n\r\n${HIDDEN}`)],
    [
      'a vertical tab in a value',
      post(['Transfer-Encoding: \u000bchunked', 'Content-Length: 5'], `0\r\n\r\n${HIDDEN}`),
    ],
    ['NUL in a name', post(['Transfer-Encoding\0: chunked', 'Content-Length: 5'], `0\r\n\r\n${HIDDEN}`)],
    ['a line without colon', post(['Content-Length 0', `Content-Length: ${HIDDEN.length}`], HIDDEN)],
    ['lines of LF', post(['Content-Length: 0\nX: y', `Content-Length: ${HIDDEN.length}`], HIDDEN)],
    ['lines of CR', post(['X: y\rContent-Length: 0', `Content-Length: ${HIDDEN.length}`], HIDDEN)],
    [
      'a head that ends in LF',
      `POST /api/poll HTTP/1.1\nHost: localhost\nContent-Length: ${HIDDEN.length}\n\n${HIDDEN}`,
    ],
    ['a chunk of a size beyond all numbers', post(['Transfer-Encoding: chunked'], `fffffffffffffffff\r\n${HIDDEN}`)],
    ['a chunk of a negative size', post(['Transfer-Encoding: chunked'], `-1\r\n${HIDDEN}`)],
    ['a chunk of a size with 0x', post(['Transfer-Encoding: chunked'], `0x0\r\n\r\n${HIDDEN}`)],
    ['a chunk whose line ends in LF', post(['Transfer-Encoding: chunked'], `0\n\n${HIDDEN}`)],
    ['a chunk longer than it says', post(['Transfer-Encoding: chunked'], `1\r\nab\r\n0\r\n\r\n${HIDDEN}`)],
    ['a line feed in the extension of a chunk', post(['Transfer-Encoding: chunked'], `0;a\n\r\n\r\n${HIDDEN}`)],
    [
      'the body of a GET',
      `GET /api/status HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`,
    ],
    [
      'the chunked body of a GET',
      `GET /api/status HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${asChunk}`,
    ],
    ['a body that is to wait', post([`Content-Length: ${HIDDEN.length}`, 'Expect: 100-continue'], HIDDEN)],
    ['a body that expects something else', post([`Content-Length: ${HIDDEN.length}`, 'Expect: 200-ok'], HIDDEN)],
    ['HTTP/2.0', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${HIDDEN}`],
    ['a version that is none', `GET /api/status HTTP/1.1x\r\nHost: localhost\r\n\r\n${HIDDEN}`],
    ['no version', `GET /api/status\r\n${HIDDEN}`],
    ['two hosts', `GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n`],
    [
      'two hosts, for a feed that is in memory',
      'GET /feeds/delta.rss HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n',
    ],
    ['no host', `GET /healthz HTTP/1.1\r\n\r\n`],
  ];
  test.each(inBody)('%s', async (_name, bytes) => {
    await send(web.url, { path: '/feeds/delta.rss', headers: { host: 'localhost' } });
    expect(await answersTo(bytes)).not.toContain(200);
  });

  test('by itself it is', async () => expect(await answersTo(HIDDEN)).toEqual([200]));
});

describe('what others get afterwards is what they got before:', () => {
  const sent: readonly (readonly [name: string, path: string, headers: Readonly<Record<string, string>>])[] = [
    ['another host', '/feeds/delta.rss', { host: 'evil.example' }],
    ['a forwarded host', '/feeds/delta.rss', { 'x-forwarded-host': 'evil.example' }],
    ['a forwarded host in the new form', '/feeds/delta.rss', { forwarded: 'host=evil.example;proto=evil' }],
    ['a forwarded scheme', '/feeds/delta.rss', { 'x-forwarded-proto': 'evil' }],
    ['a forwarded prefix', '/feeds/delta.rss', { 'x-forwarded-prefix': '/evil' }],
    ['another address for the same path', '/feeds/delta.rss', { 'x-original-url': '/evil', 'x-rewrite-url': '/evil' }],
    ['another method', '/feeds/delta.rss', { 'x-http-method-override': 'PUT' }],
    ['another origin', '/feeds/delta.rss', { origin: 'https://evil.example' }],
    ['a coding that is none', '/feeds/delta.rss', { 'accept-encoding': 'evil, *;q=0' }],
    ['a language that is none', '/feeds/delta.rss', { 'accept-language': 'evil' }],
    ['a cookie', '/feeds/delta.rss', { cookie: 'deltawire-session=evil' }],
    ['a tag of another answer', '/feeds/delta.rss', { 'if-none-match': '"evil", *' }],
    ['a range', '/feeds/delta.rss', { range: 'bytes=0-3' }],
    ['an unknown parameter', '/feeds/delta.rss?evil=1', {}],
    ['a parameter twice', '/feeds/delta.rss?limit=1&limit=evil', {}],
    ['a narrowing of nothing', '/feeds/delta.rss?q=evil', {}],
    ['another spelling of the path', '/feeds/%64elta.rss', { host: 'evil.example' }],
    ['a path of markup', '/feeds/delta.rss%3Cevil%3E', {}],
  ];
  test.each(sent)('%s', async (_name, path, headers) => {
    const plain = () => send(web.url, { path: '/feeds/delta.rss', headers: { host: 'localhost' } });
    const before = await plain();
    expect(before.status).toBe(200);
    await send(web.url, { path, headers });
    const after = await plain();
    expect([after.status, after.body, after.headers.etag]).toEqual([200, before.body, before.headers.etag]);
    expect(after.body).not.toContain('evil');
    expect(after.headers['set-cookie']).toBeUndefined();
  });
});

describe('an address whose characters are not encoded', () => {
  const get = (target: string, encoding: BufferEncoding = 'utf8') =>
    sendBytes(Buffer.from(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, encoding));
  const locationOf = (answered: string) => /^HTTP\/1\.1 308 [\s\S]*\r\nLocation: (\S+)/.exec(answered)?.[1];
  const follow = async (target: string, encoding?: BufferEncoding) => {
    const location = locationOf(await get(target, encoding));
    if (location === undefined) throw new Error('no redirect');
    return fetch(new URL(location, new URL(target.split('?')[0] ?? '', web.url)));
  };

  test.each(['/feeds/delta.rss?region=合肥', '/feeds/delta.rss?q=公交&region=合肥&limit=3', '/?region=合肥'])(
    'leads to its encoded form: %s',
    async (target) => {
      const answer = await follow(target);
      expect(answer.status).toBe(200);
      expect(decodeURIComponent(answer.url)).toBe(`${web.url}${target}`);
      expect(await answer.text()).toContain('合肥开通公交线路');
    },
  );

  test('and which is no UTF-8 either is answered with what was wrong', async () => {
    const answer = await follow('/feeds/delta.rss?region=\u00ba\u00cf', 'latin1');
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringMatching(/^region: /)]);
  });

  test('leads to no other host, and nothing else that cannot be read leads anywhere', async () => {
    expect(locationOf(await get('//evil.example/合肥'))).toMatch(/^\.\/%/);
    expect(locationOf(await get('http://evil.example/合肥'))).toBeUndefined();
    expect(locationOf(await sendBytes(Buffer.from('POST /合肥 HTTP/1.1\r\nHost: localhost\r\n\r\n')))).toBeUndefined();
    expect(await get('/feeds/delta.rss?a=\u0001')).toMatch(/^HTTP\/1\.1 400 /);
  });
});
