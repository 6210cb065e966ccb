/** Holds that every page, in every state, is Chinese to who reads Chinese and English to who reads English. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reason } from '../../src/reasons/catalogue.ts';
import type { Language } from '../../src/reasons/language.ts';
import { keys } from '../../src/store/redis/keys.ts';
import { noteReaching } from '../../src/store/sources/network.ts';
import type { Saving } from '../../src/web/deps.ts';
import { WORDS } from '../../src/web/ui/words/site.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { foreignWords } from './foreignwords.ts';
import { type LanguageWorld, startLanguageWorld } from './languageworld.ts';
import { basic, everyRoute } from './raw.ts';
import { makeConfig, NOW } from './seed.ts';

type Fields = Readonly<Record<string, string>>;

/** Pages that are read, by what they show. */
const READ = [
  '/',
  '/?edition=morning',
  '/?region=340100',
  '/?q=zzz',
  '/?q=a&source=id-healthy&script=hant&page=2',
  '/?region=zzz',
  '/?edition=id-nobody',
  '/stories/e0',
  '/stories/e1',
  '/stories/e5',
  '/stories/id-nobody',
  '/digests/morning/2026-03-03',
  '/digests/morning/2026-03-04',
  '/find',
  '/find?q=zzz',
  '/find?q=Buses',
  '/find?q=%E5%90%88%E8%82%A5',
  '/find?q=Sample',
  '/login',
  '/status',
  '/status?span=week',
  '/status/source?id=id-healthy',
  '/status/source?id=id-healthy&done=added',
  '/status/source?id=id-failing',
  '/status/source?id=id-once',
  '/status/source?id=id-changed',
  '/status/source?id=id-gone',
  '/status/source?id=id-stale',
  '/status/source?id=id-quiet',
  '/status/source?id=id-moved',
  '/status/source?id=id-flood',
  '/status/source?id=id-unpolled',
  '/status/source?id=id-paused',
  '/status/source?id=id-nobody',
  '/sources',
  '/sources?q=zzz',
  '/sources?sort=-share&groups=no',
  '/sources?done=pause&n=3&left=2',
  '/sources?done=poll&n=0',
  '/sources?done=none',
  '/sources/add',
  '/sources/edit?source=id-healthy',
  '/sources/edit?source=id-nobody',
  '/ledger',
  '/ledger?title=zzz',
  '/ledger?decision=dropped&source=id-flood',
  '/ledger?region=zzz&since=x',
  '/ledger/entry?id=e0',
  '/ledger/entry?id=copy1',
  '/ledger/entry?id=e5',
  '/ledger/entry?id=dropped0',
  '/ledger/entry?id=dropped1',
  '/ledger/entry?id=dropped2',
  '/ledger/entry?id=id-nobody',
  '/config',
  '/config?file=editions.yaml&saved=backups/x&line=2',
  '/config?file=regions.yaml&saved=',
  '/config?file=settings.yaml',
  '/config?file=x',
  '/nowhere',
];

/** Pages that answer a form, by what was sent. */
const SENT: readonly (readonly [path: string, fields: Fields])[] = [
  ['/login', { user: 'ops', password: 'wrong' }],
  ['/config', { file: 'sources.yaml', text: 'x', action: 'check' }],
  ['/config', { file: 'sources.yaml', text: 'x', action: 'preview' }],
  ['/config', { file: 'settings.yaml', text: 'x', action: 'save' }],
  ['/config', { file: 'x', text: 'x' }],
  ['/sources', { do: 'remove', 's:id-healthy': '1', 's:id-failing': '1' }],
  ['/sources', { do: 'dance' }],
  ['/sources', { do: 'poll:id-nobody' }],
  ['/sources/add', { do: 'find', address: 'new.example' }],
  ['/sources/add', { do: 'save', id: 'id-healthy', url: 'https://new.example/' }],
  ['/sources/remove', {}],
  ['/sources/edit', { source: 'id-nobody' }],
  ['/api/try', { source: 'id-healthy' }],
  ['/api/try', { source: 'id-failing' }],
  ['/api/try', { source: 'id-stale' }],
  ['/api/try', { source: 'id-nobody' }],
  ['/api/poll', { source: 'id-nobody' }],
  ['/api/poll', { source: 'id-paused' }],
  ['/api/pause', { source: 'id-nobody' }],
  ['/api/resume', { source: 'id-nobody' }],
  ['/api/story/split', { entry: 'e1' }],
  ['/api/story/split', { entry: 'copy0' }],
  ['/api/story/join', { into: 'e0', story: 'e1' }],
  ['/api/story/join', { into: 'e1', story: 'id-nobody' }],
  ['/api/story/withdraw', { story: 'e1', reason: '' }],
  ['/api/story/withdraw', { story: 'id-nobody', reason: 'x' }],
  ['/api/story/publish', { story: 'e1' }],
];

/** Forms that change a file, each with what the change comes to. */
const SAVED: readonly (readonly [path: string, fields: Fields])[] = [
  ['/config', { file: 'sources.yaml', text: 'x', action: 'save' }],
  ['/sources', { do: 'pause:id-healthy' }],
  ['/sources/add', { do: 'save', id: 'id-new', url: 'https://new.example/' }],
  ['/sources/edit', { source: 'id-healthy', name: 'x', url: 'https://x.example/' }],
  ['/sources/remove', { 's:id-healthy': '1', entries: 'keep' }],
  ['/api/pause', { source: 'id-healthy' }],
  ['/api/resume', { source: 'id-paused' }],
];
const FAULT = {
  file: 'sources.yaml',
  line: 3,
  column: 5,
  why: reason('config.key.unknown-near', { key: 'schedul', near: 'schedule' }),
};
const UNSAVED: readonly Saving[] = [
  { ok: false, reason: 'faults', faults: [FAULT] },
  { ok: false, reason: 'changed' },
  { ok: false, reason: 'byHand' },
  { ok: false, reason: 'failed', why: reason('config.save.denied', { folder: '`config/`', code: '`EACCES`' }) },
];

/** What answers programs, feed readers and browsers' own requests, or leads on to a page. */
const NO_PAGES =
  /^(?:GET \/(?:healthz|readyz|metrics|opml|hub|sources\/opml|feeds\/|push\/|image\/|api\/|status\/live|admin\/|favicon|robots|manifest|[\w-]+\.(?:png|svg|css|js|webmanifest)|assets\/|\*)|POST \/(?:hub|push\/|logout|admin\/|api\/config\/check))/;

let redis: TestRedis;

describe.each(['zh', 'en'] as const)('pages in %s', (language: Language) => {
  let world: LanguageWorld;
  const seen = new Set<string>();

  beforeAll(async () => {
    redis = await startRedis();
    world = await startLanguageWorld(redis, language);
  });
  afterAll(async () => {
    await world.web.close();
    await redis.stop();
  });

  const HEADERS = { accept: 'text/html', 'accept-language': language === 'zh' ? 'zh-CN' : 'en-GB' };
  const LOGIN = basic('ops:pass');

  async function foreign(path: string, headers: Fields = LOGIN, fields?: Fields): Promise<readonly string[]> {
    seen.add(`${fields === undefined ? 'GET' : 'POST'} ${path.replace(/\?.*/, '')}`);
    const init = fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) };
    const response = await world.web.get(path, { ...HEADERS, ...headers }, init);
    const html = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([
      expect.any(Number),
      'text/html; charset=utf-8',
    ]);
    expect(html).toContain('</html>');
    return foreignWords(html, language);
  }

  test.each(READ)('%s', async (path) => {
    expect(await foreign(path)).toEqual([]);
  });

  test.each(SENT)('a form sent to %s: %o', async (path, fields) => {
    expect(await foreign(path, LOGIN, fields)).toEqual([]);
  });

  describe.each(UNSAVED)('a file that was not saved: $reason', (saving) => {
    test.each(SAVED)('%s %o', async (path, fields) => {
      world.saving = saving;
      expect(await foreign(path, LOGIN, fields)).toEqual([]);
    });
  });

  test('a list that was imported, and one that is none', async () => {
    for (const saving of UNSAVED) {
      world.saving = saving;
      const body = new FormData();
      body.set('list', new Blob(['x']), 'list.opml');
      const answer = await world.web.get('/sources/opml', { ...HEADERS, ...LOGIN }, { method: 'POST', body });
      expect(foreignWords(await answer.text(), language)).toEqual([]);
    }
    seen.add('POST /sources/opml');
  });

  test('an address where nothing was found', async () => {
    world.found = { ok: false, why: reason('fetch.dns.no-name', { host: 'new.example' }) };
    expect(await foreign('/sources/add', LOGIN, { do: 'find', address: 'new.example' })).toEqual([]);
  });

  test.each(['/', '/stories/e0', '/stories/e5', '/login', '/find?q=Buses'])('%s to a stranger', async (path) => {
    expect(await foreign(path, {})).toEqual([]);
  });

  test('a form that a page of another site sends', async () => {
    const headers = { ...LOGIN, origin: 'https://elsewhere.example' };
    expect(await foreign('/api/poll', headers, {})).toEqual([]);
  });

  describe('a desk that does not work as it should', () => {
    test('faults, no network, records that cannot be read, little memory', async () => {
      world.web.set({ faults: [FAULT] });
      const hosts = ['a', 'b', 'c', 'd', 'e', 'f'];
      for (const host of hosts) await noteReaching(world.web.store, { host, source: host, now: NOW, reached: false });
      await world.web.store.redis.hset(keys.entry(world.web.store, 'e9'), 'record', '{');
      await world.web.store.redis.config('SET', 'maxmemory', '4mb');
      try {
        for (const path of ['/status', '/config', '/ledger', '/', '/stories/e9', '/ledger/entry?id=e9', '/status'])
          expect(await foreign(path)).toEqual([]);
      } finally {
        await world.web.store.redis.config('SET', 'maxmemory', '0');
        world.web.set({ faults: [] });
      }
    });

    test('a config that cannot be changed, for want of a password', async () => {
      world.web.set({ config: { ...world.config, settings: makeConfig().settings } });
      for (const path of [
        '/status',
        '/status/source?id=id-healthy',
        '/sources',
        '/config',
        '/sources/edit?source=id-healthy',
      ])
        expect(await foreign(path, {})).toEqual([]);
      world.web.set({ config: world.config });
    });

    test('no sources, editions without stories', async () => {
      const nothing = {
        sources: [],
        editions: world.config.editions.map((one) => ({ ...one, id: `${one.id}-empty` })),
      };
      world.web.set({ config: { ...world.config, ...nothing } });
      for (const path of ['/', '/status', '/sources', '/ledger', '/find?q=x']) expect(await foreign(path)).toEqual([]);
      world.web.set({ config: world.config });
    });
  });

  test('every route that answers a page was among them', () => {
    const missed = everyRoute(world.web.app).filter(([method, path]) => {
      if (!['GET', 'POST'].includes(method) || NO_PAGES.test(`${method} ${path}`)) return false;
      const asked = new RegExp(`^${method} ${path.replaceAll(/(?<=\/)1(?=\/|$)/g, '[^/]+')}$`);
      return ![...seen].some((one) => asked.test(one));
    });
    expect(missed).toEqual([]);
  });

  test('while the store is away', async () => {
    await redis.stop();
    for (const path of ['/', '/status', '/stories/e0', '/sources', '/ledger', '/config'])
      expect(await foreign(path)).toEqual([]);
  });
});

test('every phrase of the pages is in both languages', () => {
  const switches = new Set(['otherLanguage', 'toHant', 'toHans']);
  const rows = Object.entries(WORDS).filter(([phrase]) => !switches.has(phrase));
  const plain = (text: string) => text.replaceAll(/\{\w+\}/g, '');
  expect(rows.flatMap(([, [zh]]) => foreignWords(plain(zh), 'zh'))).toEqual([]);
  expect(rows.flatMap(([, [, en]]) => foreignWords(plain(en), 'en'))).toEqual([]);
});

test('words of the other language are found', () => {
  const page = (text: string) => `<html><body><p>${text}</p></body></html>`;
  expect(foreignWords(page('还没有报道 yet'), 'zh')).toEqual(['还没有报道 yet']);
  expect(foreignWords('<input placeholder="Search">', 'zh')).toEqual(['Search']);
  expect(foreignWords(page('No story 没有'), 'en')).toEqual(['No story 没有']);
  expect(foreignWords(page('合肥'), 'en')).toEqual([]);
});
