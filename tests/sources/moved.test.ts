import { describe, expect, it } from 'vitest';
import { paceKey } from '../../src/sources/host.ts';
import { moveAfter } from '../../src/sources/moved.ts';
import { proposedMove } from '../../src/sources/moved.ts';
import type { FetchResult } from '../../src/model/fetch.ts';

const OLD = 'http://old.example/rss';
const NEW = 'https://new.example/rss';
const NEWER = 'https://newer.example/rss';
const through = (...hops: [status: number, to: string][]): FetchResult => ({
  outcome: 'unmodified',
  url: hops.at(-1)?.[1] ?? OLD,
  status: 304,
  redirects: hops.map(([status, to], i) => ({ status, to, from: hops[i - 1]?.[1] ?? OLD })),
  elapsedMs: 1,
  headers: {},
  validators: { etag: null, lastModified: null, bodyHash: null },
});
const stayed = { movedTo: null, movedCount: 0 };

describe('moveAfter', () => {
  const cases: {
    name: string;
    before?: { movedTo: string | null; movedCount: number };
    configured?: string;
    asked?: string;
    result: FetchResult;
    brought?: boolean;
    after: { movedTo: string | null; movedCount: number };
  }[] = [
    { name: 'no redirect', result: through(), after: stayed },
    { name: '301', result: through([301, NEW]), after: { movedTo: NEW, movedCount: 1 } },
    { name: '308', result: through([308, NEW]), after: { movedTo: NEW, movedCount: 1 } },
    { name: '302 never', result: through([302, NEW]), after: stayed },
    { name: '307 never', result: through([307, NEW]), after: stayed },
    {
      name: 'a chain of 301 and 308',
      result: through([301, NEW], [308, NEWER]),
      after: { movedTo: NEWER, movedCount: 1 },
    },
    {
      name: '301 and then 302: the permanent part',
      result: through([301, NEW], [302, NEWER]),
      after: { movedTo: NEW, movedCount: 1 },
    },
    { name: '302 and then 301', result: through([302, NEW], [301, NEWER]), after: stayed },
    { name: '301 to something that is no feed', result: through([301, NEW]), brought: false, after: stayed },
    {
      name: 'found there again',
      before: { movedTo: NEW, movedCount: 1 },
      asked: NEW,
      result: through(),
      after: { movedTo: NEW, movedCount: 2 },
    },
    {
      name: 'moved on from there',
      before: { movedTo: NEW, movedCount: 7 },
      asked: NEW,
      result: through([301, NEWER]),
      after: { movedTo: NEWER, movedCount: 1 },
    },
    {
      name: 'not found there: the configured address is asked again',
      before: { movedTo: NEW, movedCount: 7 },
      asked: NEW,
      result: through(),
      brought: false,
      after: stayed,
    },
    {
      name: 'from https to http',
      configured: 'https://old.example/',
      result: through([301, 'http://new.example/']),
      after: stayed,
    },
    {
      name: 'from an address with a password',
      configured: 'http://me:secret@old.example/',
      result: through([301, NEW]),
      after: stayed,
    },
  ];
  it.each(cases)(
    '$name',
    ({ before = stayed, configured = OLD, asked = configured, result, brought = true, after }) => {
      expect(moveAfter(before, configured, asked, result, brought)).toEqual(after);
    },
  );
});

describe('proposedMove', () => {
  const state = { id: 'a', movedTo: NEW, movedCount: 3, address: OLD };
  it.each([
    ['after three polls', state, OLD, { source: 'a', from: OLD, to: NEW }],
    ['not after two', { ...state, movedCount: 2 }, OLD, null],
    ['not once the config names another address', state, NEW, null],
    ['not for a route of an RSSHub', { ...state, address: 'http://hub/x' }, 'rsshub://x', null],
    ['not without a move', { ...state, movedTo: null }, OLD, null],
  ])('%s', (_name, known, url, proposed) => {
    expect(proposedMove(known, url)).toEqual(proposed);
  });
});

describe('paceKey', () => {
  it.each([
    ['https://www.news.example/rss', 'host', 'www.news.example'],
    ['https://WWW.News.example:8443/rss', 'host', 'www.news.example:8443'],
    ['https://www.news.example/rss', 'domain', 'news.example'],
    ['https://ah.people.com.cn/', 'domain', 'people.com.cn'],
    ['https://www.hefei.gov.cn/', 'domain', 'hefei.gov.cn'],
    ['https://a.b.example.ah.cn/', 'domain', 'example.ah.cn'],
    ['https://news.example.co.uk/', 'domain', 'example.co.uk'],
    ['https://example.cn/', 'domain', 'example.cn'],
    ['https://www.city.example.kawasaki.jp/', 'domain', 'city.example.kawasaki.jp'],
    ['https://outlet.github.io/', 'domain', 'github.io'],
    ['https://com.cn/', 'domain', 'com.cn'],
    ['http://127.0.0.1:80/', 'domain', '127.0.0.1'],
    ['http://[::1]:81/', 'domain', '[::1]:81'],
    ['http://localhost:81/', 'domain', 'localhost'],
    ['no address', 'domain', 'no address'],
  ] as const)('of %s by %s', (address, by, key) => {
    expect(paceKey(address, by)).toBe(key);
  });
});
