import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { closedBecause, isTrustedProxy } from '../../src/web/http/access.ts';
import { fromStore, shared, StoreAwayError } from '../../src/web/http/storetimeout.ts';
import { createCache, inCoding } from '../../src/web/http/renderings.ts';
import { cacheControl } from '../../src/web/feeds/freshness.ts';
import { isUnchanged, lastModified } from '../../src/web/http/conditional.ts';
import { byAttention } from '../../src/web/source/attention.ts';
import { sourceHealth } from '../../src/sources/health.ts';
import { placeAbove, placesWithin } from '../../src/web/status/placelist.ts';
import { dayName, relative, spanOf, stampOf, startOfDate } from '../../src/web/ui/times.ts';
import { speak } from '../../src/web/ui/words/site.ts';
import type { Settings } from '../../src/model/config.ts';
import { makeConfig } from './seed.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 2, 3, 4, 30);

describe('the health of a source', () => {
  const fine = { lastPollAt: NOW, failures: 0, gone: false, changed: false, newestEntryAt: NOW };

  test.each([
    ['never polled', { lastPollAt: null, newestEntryAt: null }, null, 'new'],
    ['fresh entries', {}, null, 'healthy'],
    ['a weekend without entries', { newestEntryAt: NOW - 2 * DAY_MS }, null, 'healthy'],
    ['three days without entries', { newestEntryAt: NOW - 3 * DAY_MS }, null, 'quiet'],
    ['eight days without entries', { newestEntryAt: NOW - 8 * DAY_MS }, null, 'stale'],
    ['eight days, where the operator waits for ten', { newestEntryAt: NOW - 8 * DAY_MS }, 10 * DAY_MS, 'quiet'],
    ['a day, where the operator waits for an hour', { newestEntryAt: NOW - DAY_MS }, 3_600_000, 'stale'],
    ['no dates at all', { newestEntryAt: null }, null, 'healthy'],
    ['a date to come', { newestEntryAt: NOW + DAY_MS }, null, 'healthy'],
    ['one failure', { failures: 1 }, null, 'failing'],
    ['failures of what is stale, too', { failures: 9, newestEntryAt: NOW - 90 * DAY_MS }, null, 'failing'],
    ['no feed any more', { failures: 1, changed: true }, null, 'changed'],
    ['410', { failures: 1, changed: true, gone: true }, null, 'gone'],
  ] as const)('%s', (_name, over, staleAfterMs, health) => {
    expect(sourceHealth({ ...fine, ...over }, staleAfterMs, NOW)).toBe(health);
  });

  test('orders what needs a person first', () => {
    const rows = [
      { state: 'healthy', failures: 0 },
      { state: 'failing', failures: 2 },
      { state: 'paused', failures: 0 },
      { state: 'failing', failures: 7 },
      { state: 'gone', failures: 1 },
    ] as const;
    expect(rows.toSorted(byAttention).map(({ state, failures }) => `${state} ${failures}`)).toEqual([
      'gone 1',
      'failing 7',
      'failing 2',
      'healthy 0',
      'paused 0',
    ]);
  });
});

test.each([
  ['340000', ['340100', '340200'], null],
  ['340100', ['340104'], '340000'],
  ['340104', [], '340100'],
  ['310000', ['310101', '310115'], null],
  ['310115', [], '310000'],
])('what lies in %s and what it lies in', (code, within, above) => {
  const known = new Set(['340000', '340100', '340104', '340200', '310000', '310101', '310115']);
  const name = (asked: string) => (known.has(asked) ? asked : null);
  expect(placesWithin(code, name).map((place) => place.code)).toEqual(within);
  expect(placeAbove(code, name)?.code ?? null).toBe(above);
});

test.each<readonly [Partial<Settings['server']>, Record<string, string>, ReturnType<typeof closedBecause>]>([
  [{}, { host: 'localhost:8480' }, null],
  [{}, {}, null],
  [{ baseUrl: 'http://127.0.0.1:8480' }, { host: '127.0.0.1:8480' }, null],
  [{ baseUrl: 'http://[::1]:8480/x' }, { host: '[::1]:8480' }, null],
  [{ baseUrl: 'http://desk.localhost' }, { host: 'desk.localhost' }, null],
  [{}, { host: 'news.example' }, 'deskForeignName'],
  [{ host: '0.0.0.0' }, { host: 'localhost' }, 'deskReachable'],
  [{ host: '::', behindProxy: true }, { host: 'localhost' }, 'deskReachable'],
  [{ behindProxy: true }, { host: 'localhost' }, 'deskPublished'],
  [{ trustedProxies: ['10.0.0.0/8'] }, { host: 'localhost' }, 'deskPublished'],
  [{ baseUrl: 'https://news.example' }, { host: 'news.example' }, 'deskPublished'],
  [{ baseUrl: 'https://news.example' }, { host: '127.0.0.1:8480' }, 'deskPublished'],
  [{ baseUrl: 'http://127.0.0.1.evil.example' }, { host: 'localhost' }, 'deskPublished'],
  [{ baseUrl: 'http://192.168.1.4:8480' }, { host: 'localhost' }, 'deskPublished'],
  ...[
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'forwarded',
    'via',
    'x-real-ip',
    'cf-connecting-ip',
  ].map((name) => [{}, { host: 'localhost', [name]: '127.0.0.1' }, 'deskProxied'] as const),
])('without a password, %j closes the desk to %j: %s', (server, headers, why) => {
  expect(closedBecause(makeConfig({}, server).settings.server, headers)).toBe(why);
});

test.each([
  ['127.0.0.1', true],
  ['::ffff:127.0.0.9', true],
  ['::1', true],
  ['172.18.0.5', true],
  ['::ffff:172.18.0.5', true],
  ['172.32.0.5', false],
  ['fd00::5', true],
  ['fe00::5', false],
  ['localhost', false],
  ['', false],
])('a proxy at %s is believed: %s', (address, expected) => {
  expect(isTrustedProxy(address, ['172.16.0.0/12', 'fd00::/8'])).toBe(expected);
});

describe('conditional requests', () => {
  const at = Date.UTC(2026, 0, 1);

  test.each([
    ['a tag with a comma in it', { 'if-none-match': '"a,b"' }, '"a,b"', true],
    ['half a tag', { 'if-none-match': '"a' }, '"a"', false],
    ['a tag without quotes', { 'if-none-match': 'a' }, '"a"', false],
    ['an empty field', { 'if-none-match': '' }, '"a"', false],
    ['a date of another form', { 'if-modified-since': '2027-01-01' }, '"a"', false],
    ['an impossible date', { 'if-modified-since': 'Mon, 99 Jan 2027 00:00:00 GMT' }, '"a"', false],
  ])('%s', (_name, headers, etag, expected) => {
    expect(isUnchanged(headers, etag, at)).toBe(expected);
  });

  test('a second is given away as Last-Modified only once it is over', () => {
    expect(lastModified(at + 300, at + 500)).toBe(at - 1000);
    expect(lastModified(at + 300, at + 1300)).toBe(at);
    expect(lastModified(at + 9_000, at)).toBeLessThanOrEqual(at);
  });
});

describe('Cache-Control', () => {
  const minutes = (...ago: number[]) => ago.map((each) => NOW - each * 60_000);
  test.each([
    ['nothing', [], 60],
    ['one change long ago', minutes(600), 900],
    ['a change a minute', minutes(0, 1, 2, 3, 4), 60],
    ['a change in ten minutes, in any order', minutes(20, 0, 10, 40, 30), 300],
    ['a pause after many', minutes(60, 61, 62, 63), 360],
    ['a change that is to come', [NOW + 9_000_000], 60],
  ])('after %s', (_name, changes, age) => {
    expect(cacheControl(changes, NOW)).toBe(
      `public, max-age=${age}, stale-while-revalidate=${age}, stale-if-error=86400`,
    );
  });

  test('of the past is up to a day', () => {
    expect(cacheControl(minutes(6_000), NOW, true)).toContain('max-age=36000,');
    expect(cacheControl(minutes(60_000), NOW, true)).toContain('max-age=86400,');
  });
});

describe('the cache', () => {
  const make = (text: string, changedAt = NOW) => ({
    body: text,
    contentType: 'text/plain',
    changedAt,
    link: '',
    cacheControl: '',
    vary: '',
  });
  const big = (mark: string) => mark.repeat(10_000);

  test('puts the least used narrowed ones out first, plain ones last', async () => {
    const cache = createCache(60_000);
    await cache.obtain('plain', '1', true, async () => make(big('p')));
    for (const key of ['a', 'b']) await cache.obtain(key, '1', false, async () => make(big(key)));
    cache.peek('a');
    await cache.obtain('c', '1', false, async () => make(big('c')));
    expect(['plain', 'a', 'b', 'c'].filter((key) => cache.peek(key) !== undefined)).toEqual(['plain', 'a', 'c']);
    for (let i = 0; i < 50; i++) await cache.obtain(`n${i}`, '1', false, async () => make(big('n')));
    expect(cache.peek('plain')).toBeDefined();
    expect(cache.sizes().bytes).toBeLessThanOrEqual(60_000);
  });

  test('renders once for all who ask at the same time, and again after a failure', async () => {
    const cache = createCache(1e6);
    let renders = 0;
    const render = async () => make(String(++renders));
    const all = await Promise.all([1, 2, 3].map(() => cache.obtain('k', '1', true, render)));
    expect(new Set(all).size).toBe(1);
    await expect(cache.obtain('k', '2', true, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect((await cache.obtain('k', '2', true, render)).identity.body.toString()).toBe('2');
  });

  test('has a rendering compressed as the one before was read, and no longer once nobody reads it so', async () => {
    const cache = createCache(1e6);
    const first = await cache.obtain('k', '1', true, async () => make(big('1')));
    expect(inCoding(first, 'gzip')).toBeInstanceOf(Promise);
    const second = await cache.obtain('k', '2', true, async () => make(big('2')));
    expect([...second.codings.keys()]).toEqual(['gzip']);
    expect(second.codings.get('gzip')).not.toBeInstanceOf(Promise);
    const third = await cache.obtain('k', '3', true, async () => make(big('3')));
    expect([...third.codings.keys()]).toEqual([]);
  });

  test('keeps bytes and date where only the stamp changed, and moves the date where something left', async () => {
    const cache = createCache(1e6);
    const first = await cache.obtain('k', '1', true, async () => make('two stories'));
    const same = await cache.obtain('k', '2', true, async () => make('two stories', NOW + 5_000));
    expect(same.identity).toBe(first.identity);
    expect(same.changedAt).toBe(NOW);
    const fewer = await cache.obtain('k', '3', true, async () => make('one story', NOW - DAY_MS));
    expect(fewer.changedAt).toBeGreaterThan(NOW);
  });
});

describe('times', () => {
  const say = speak('en');

  test.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [26 * 3_600_000, '1 d'],
    [59 * 86_400_000, '59 d'],
    [61 * 86_400_000, '2 months'],
    [1444 * 86_400_000, '3 years'],
  ])('%d ms is %s', (ms, text) => {
    expect(spanOf(ms, say)).toBe(text);
  });

  test('are told in Beijing time', () => {
    expect(stampOf(Date.UTC(2026, 11, 31, 16, 0))).toBe('2027-01-01 00:00');
    expect(dayName(Date.UTC(2026, 2, 2, 16, 0), NOW, say)).toBe('Today');
    expect(dayName(Date.UTC(2026, 2, 2, 15, 59), NOW, say)).toBe('Yesterday');
    expect(relative(NOW + 90_000, NOW, say)).toBe('in 1 min');
    expect(startOfDate('2026-03-03')).toBe(Date.UTC(2026, 2, 2, 16, 0));
  });

  test.each(['2026-02-30', '2026-13-01', '26-01-01', 'today'])('%s is no date', (text) => {
    expect(startOfDate(text)).toBeNull();
  });

  test.each([Number.NaN, Infinity, -Infinity, 1e300, -9e15])('%d does not break a page', (at) => {
    expect(stampOf(at)).toMatch(/\d\d:\d\d$/);
  });
});

describe('the colours of the pages', () => {
  const css = readFileSync(new URL('../../src/web/assets/deltawire.css', import.meta.url), 'utf8');
  const [light = '', dark = ''] = css
    .split('@media (prefers-color-scheme: dark)')
    .map((part) => part.slice(0, part.indexOf('--shadow')));

  function luminance(hex: string): number {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  const pairs = [
    ...['paper', 'panel', 'sunken'].flatMap((ground) =>
      ['ink', 'soft', 'faint', 'accent', 'good', 'warn', 'bad'].map((ink) => [ink, ground]),
    ),
    ['accent-ink', 'accent'],
    ['accent', 'accent-soft'],
    ['bad', 'bad-soft'],
    ['ink', 'bad-soft'],
  ];

  // WCAG 2.2, 1.4.3: text of ordinary size.
  test.each([
    ['light', light],
    ['dark', dark],
  ])('stand out enough, %s', (_name, sheet) => {
    const colour = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(sheet)?.[1] ?? '';
    const weak = pairs.flatMap(([ink = '', ground = '']) => {
      const [high = 0, low = 0] = [luminance(colour(ink)), luminance(colour(ground))].toSorted((a, b) => b - a);
      const ratio = (high + 0.05) / (low + 0.05);
      return ratio >= 4.5 ? [] : [`${ink} on ${ground}: ${ratio.toFixed(2)}`];
    });
    expect(weak).toEqual([]);
  });
});

describe('a shared reading', () => {
  test('is loaded once for all who ask together, and again after a failure', async () => {
    let loads = 0;
    const numbers = shared(() => (++loads === 1 ? Promise.reject(new Error('away')) : Promise.resolve(loads)), 60_000);
    await expect(Promise.all([numbers.read(), numbers.read()])).rejects.toThrow('away');
    expect(numbers.peek()).toBeUndefined();
    expect(await Promise.all([numbers.read(), numbers.read(), numbers.read()])).toEqual([2, 2, 2]);
    expect(numbers.peek()).toBe(2);
  });

  test('that is late is handed out while the next one is loaded, whether that fails or not', async () => {
    let loads = 0;
    const numbers = shared(
      () => (++loads === 2 ? Promise.reject(new Error('away')) : Promise.resolve(loads)),
      0,
      60_000,
    );
    expect(await numbers.read()).toBe(1);
    expect(await numbers.read()).toBe(1);
    await expect.poll(() => numbers.read()).toBe(3);
  });
});

test('a reading that does not come is given up', async () => {
  await expect(fromStore(() => new Promise(() => undefined), 5)).rejects.toThrow(StoreAwayError);
  await expect(fromStore(() => Promise.reject(new Error('refused')))).rejects.toThrow('Redis: refused');
});
