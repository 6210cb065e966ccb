import { reason } from '../../src/reasons/catalogue.ts';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FetchRequest } from '../../src/fetch/fetcher.ts';
import { type Rig, brief, closeFetchers, fetcherWith, listen, messageOf, reply } from './rig.ts';

let rig: Rig;

/** Echoes nothing: what matters is in `rig.seen`. `/hold` never answers, `/slow` after a moment. */
beforeAll(async () => {
  rig = await listen((socket, { path }) => {
    if (path === '/hold') return;
    if (path === '/slow') setTimeout(() => socket.write(reply(200, {}, 'slow')), 50);
    else if (path === '/odd') socket.write(reply(200, { ETag: 'W/"\xcd\xee"', 'Last-Modified': 'gestern' }, 'odd'));
    else socket.write(reply(200, {}, 'here'));
  });
});
afterEach(async () => {
  rig.seen.length = 0;
  await closeFetchers();
});
afterAll(() => rig.close());

describe('request headers', () => {
  const cases: readonly (readonly [string, Partial<FetchRequest>, Record<string, string | undefined>])[] = [
    [
      'honest User-Agent',
      {},
      {
        'user-agent': expect.stringMatching(
          /^deltawire\/\d+\.\d+\.\d+ \(\+https:\/\/github\.com\/deltawire\/deltawire\)$/,
        ),
      },
    ],
    [
      'Accept for feeds',
      { accept: 'feed' },
      { accept: expect.stringMatching(/^application\/atom\+xml, application\/rss/) },
    ],
    ['Accept for pages', { accept: 'page' }, { accept: expect.stringMatching(/^text\/html/) }],
    ['codings it can undo', {}, { 'accept-encoding': expect.stringContaining('gzip, br') }],
    ['no validators at first', {}, { 'if-none-match': undefined, 'if-modified-since': undefined }],
    [
      'validators as they came',
      { validators: { etag: 'W/"a b"', lastModified: 'yesterday', bodyHash: null } },
      { 'if-none-match': 'W/"a b"', 'if-modified-since': 'yesterday' },
    ],
    [
      'no validators that HTTP cannot carry',
      { validators: { etag: '"江"', lastModified: 'a\r\nX: b', bodyHash: null } },
      { 'if-none-match': undefined, 'if-modified-since': undefined, x: undefined },
    ],
    ['own headers and cookies', { headers: { Cookie: 'a=b', 'X-Key': 'k' } }, { cookie: 'a=b', 'x-key': 'k' }],
    ['own User-Agent', { headers: { 'user-agent': 'reader/1' } }, { 'user-agent': 'reader/1' }],
    [
      'framing is not for the operator',
      {
        headers: { 'Content-Length': '5', 'Transfer-Encoding': 'chunked', Expect: '100-continue', Range: 'bytes=0-1' },
      },
      { 'content-length': undefined, 'transfer-encoding': undefined, expect: undefined, range: undefined },
    ],
    [
      'nor is conditional asking',
      { headers: { 'If-None-Match': '"mine"', 'Accept-Encoding': 'compress' } },
      { 'if-none-match': undefined, 'accept-encoding': expect.stringContaining('gzip') },
    ],
  ];
  test.each(cases)('%s', async (_name, request, expected) => {
    const result = await fetcherWith().fetchDocument({ url: `${rig.origin}/`, ...request });
    expect(brief(result)).toBe('200 modified "here"');
    const headers = rig.seen[0]?.headers ?? {};
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, headers[name]]))).toEqual(expected);
  });

  const faulty: readonly (readonly [string, Record<string, string>, RegExp])[] = [
    ['a name with a space', { 'X Key': 'k' }, /"X Key" is not a header name/],
    ['a value with a line break', { 'X-Key': 'a\r\nHost: b' }, /value of header x-key/],
    ['a value in Chinese', { Cookie: 'city=合肥' }, /value of header cookie/],
  ];
  test.each(faulty)('%s fails before anything is sent', async (_name, headers, message) => {
    const result = await fetcherWith().fetchDocument({ url: rig.origin, headers });
    expect(brief(result)).toBe('failed headers');
    expect(messageOf(result)).toMatch(message);
    expect(rig.seen).toHaveLength(0);
  });

  test('an ETag goes back byte by byte', async () => {
    const fetcher = fetcherWith();
    const first = await fetcher.fetchDocument({ url: `${rig.origin}/odd` });
    if (first.outcome !== 'modified') throw new Error(brief(first));
    const second = await fetcher.fetchDocument({ url: `${rig.origin}/odd`, validators: first.validators });
    expect(rig.seen[1]?.headers).toMatchObject({ 'if-none-match': 'W/"\xcd\xee"', 'if-modified-since': 'gestern' });
    expect(brief(second)).toBe('200 unmodified');
  });
});

describe('validators after an answer', () => {
  const known = { etag: '"1"', lastModified: 'then', bodyHash: 'ab' };
  const cases: readonly (readonly [string, Buffer, object])[] = [
    ['304 without any keeps them', reply(304, {}), known],
    ['304 with a new ETag takes it', reply(304, { ETag: '"2"' }), { ...known, etag: '"2"' }],
    ['304 with a new date takes it', reply(304, { 'Last-Modified': 'now' }), { ...known, lastModified: 'now' }],
    ['200 without any drops the old', reply(200, {}, 'x'), { etag: null, lastModified: null }],
    ['200 takes both', reply(200, { ETag: '"3"', 'Last-Modified': 'now' }, 'x'), { etag: '"3"', lastModified: 'now' }],
    [
      'of two ETags the first',
      Buffer.from('HTTP/1.1 304 A\r\nETag: "4"\r\nETag: "5"\r\n\r\n'),
      { ...known, etag: '"4"' },
    ],
  ];
  test.each(cases)('%s', async (_name, answer, expected) => {
    const server = await listen((socket) => socket.write(answer));
    const result = await fetcherWith().fetchDocument({ url: server.origin, validators: known });
    await server.close();
    expect(result).toMatchObject({ validators: expected });
  });

  test('200 with the body of last time refreshes ETag and date', async () => {
    let round = 0;
    const server = await listen((socket) => socket.write(reply(200, { ETag: `"${++round}"` }, 'same')));
    const fetcher = fetcherWith();
    const first = await fetcher.fetchDocument({ url: server.origin });
    const validators = first.outcome === 'modified' ? first.validators : null;
    const second = await fetcher.fetchDocument({ url: server.origin, validators });
    await server.close();
    expect(second).toMatchObject({ outcome: 'unmodified', status: 200, validators: { ...validators, etag: '"2"' } });
  });
});

describe('servers that hang up', () => {
  test('at once, before reading', async () => {
    const server = await listen(
      () => {},
      '127.0.0.1',
      () => createServer((socket) => socket.resetAndDestroy()),
    );
    const fetcher = fetcherWith();
    const results = await Promise.all(Array.from({ length: 20 }, () => fetcher.fetchDocument({ url: server.origin })));
    await server.close();
    for (const result of results) expect(brief(result)).toMatch(/^failed (?:connect|headers)$/);
  });

  test('after every answer, without saying so, do not spoil the next request', async () => {
    const server = await listen((socket, { path }) => {
      socket.write(path.endsWith('a') ? reply(302, { Location: '/0b' }) : reply(200, {}, 'here'));
      setTimeout(() => socket.destroy(), Number(path.slice(1, -1)) % 3);
    });
    const fetcher = fetcherWith();
    for (let round = 0; round < 200; round++) {
      expect(brief(await fetcher.fetchDocument({ url: `${server.origin}/${round}a` }))).toBe('200 modified "here"');
    }
    await server.close();
  });

  test('whenever they are asked are not asked again and again', async () => {
    const server = await listen((socket) => socket.destroy());
    expect(brief(await fetcherWith().fetchDocument({ url: server.origin }))).toBe('failed headers');
    expect(server.seen).toHaveLength(1);
    await server.close();
  });
});

describe('time and number', () => {
  test('no more than `concurrency` at once, in order, and waiting is not held against them', async () => {
    let open = 0;
    let most = 0;
    const order: string[] = [];
    const server = await listen((socket, { path }) => {
      most = Math.max(most, ++open);
      order.push(path);
      setTimeout(() => {
        open--;
        socket.write(reply(200, {}, 'x'));
      }, 40);
    });
    const fetcher = fetcherWith({ concurrency: 2, timeoutMs: 400 });
    const paths = Array.from({ length: 24 }, (_, index) => `/${index}`);
    const results = await Promise.all(paths.map((path) => fetcher.fetchDocument({ url: server.origin + path })));
    await server.close();
    expect(most).toBe(2);
    expect(new Set(results.map(brief))).toStrictEqual(new Set(['200 modified "x"']));
    expect(order.slice(0, 2).sort()).toStrictEqual(['/0', '/1']);
  });

  test('a server that holds does not delay another', async () => {
    const fetcher = fetcherWith({ concurrency: 2 });
    const controller = new AbortController();
    const held = fetcher.fetchDocument({ url: `${rig.origin}/hold`, signal: controller.signal });
    const free = await fetcher.fetchDocument({ url: `${rig.origin}/free` });
    controller.abort();
    expect(brief(free)).toBe('200 modified "here"');
    expect(await held).toMatchObject({ outcome: 'failed', stage: 'timeout', reason: reason('fetch.timeout.aborted') });
  });

  test('the deadline spans redirects', async () => {
    let hop = 0;
    const server = await listen((socket) => {
      setTimeout(() => socket.write(reply(302, { Location: `/${++hop}` })), 90);
    });
    const result = await fetcherWith({ timeoutMs: 1200, maxRedirects: 50 }).fetchDocument({ url: server.origin });
    await server.close();
    expect(brief(result)).toBe('failed timeout');
    expect(result.redirects.length).toBeGreaterThan(0);
    expect(result.redirects.length).toBeLessThan(14);
  });

  test('a signal aborted before', async () => {
    const result = await fetcherWith().fetchDocument({ url: rig.origin, signal: AbortSignal.abort() });
    expect(result).toMatchObject({ stage: 'timeout', reason: reason('fetch.timeout.aborted') });
    expect(rig.seen).toHaveLength(0);
  });

  test('a signal aborted while waiting for room', async () => {
    const fetcher = fetcherWith({ concurrency: 1 });
    const controller = new AbortController();
    const first = fetcher.fetchDocument({ url: `${rig.origin}/slow` });
    const second = fetcher.fetchDocument({ url: `${rig.origin}/second`, signal: controller.signal });
    controller.abort();
    expect(brief(await first)).toBe('200 modified "slow"');
    expect(brief(await second)).toBe('failed timeout');
    expect(rig.seen.map(({ path }) => path)).toStrictEqual(['/slow']);
  });

  test('one signal for many requests warns of nothing and ends all of them', async () => {
    const warnings: string[] = [];
    const note = (warning: Error): void => void warnings.push(warning.name);
    process.on('warning', note);
    const fetcher = fetcherWith({ concurrency: 31 });
    const controller = new AbortController();
    const { signal } = controller;
    const held = Array.from({ length: 30 }, () => fetcher.fetchDocument({ url: `${rig.origin}/hold`, signal }));
    await fetcher.fetchDocument({ url: `${rig.origin}/free` });
    controller.abort();
    expect(new Set((await Promise.all(held)).map(messageOf))).toStrictEqual(new Set(['aborted']));
    process.off('warning', note);
    expect(warnings).toStrictEqual([]);
  });

  test('closing ends what is under way, and nothing begins after it', async () => {
    const fetcher = fetcherWith();
    const held = fetcher.fetchDocument({ url: `${rig.origin}/hold` });
    await fetcher.close();
    expect(await held).toMatchObject({ stage: 'timeout', reason: reason('fetch.timeout.closed') });
    expect(brief(await fetcher.fetchDocument({ url: rig.origin }))).toBe('failed timeout');
  });

  test('a connection serves one request, and says so', async () => {
    const server = await listen((socket) => socket.write(reply(304, {})));
    const fetcher = fetcherWith();
    const validators = { etag: '"1"', lastModified: null, bodyHash: null };
    for (let round = 0; round < 3; round++) {
      expect(brief(await fetcher.fetchDocument({ url: server.origin, validators }))).toBe('304 unmodified');
    }
    expect(server.connections()).toBe(3);
    expect(server.seen[0]?.headers['connection']).toBe('close');
    await server.close();
  });
});
