import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withdrawStory } from '../../src/store/stories/withdraw.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { englishIn } from '../support/reasons.ts';
import { makeConfig, makeHit, NOW, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const HOUR_MS = 3_600_000;
const MIDNIGHT = Date.parse('2026-03-03T00:00:00+08:00');
const IMAGES = { secret: 'a secret', fetchImage: async () => ({ ok: false, message: 'none' }) as const };

let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis, { images: IMAGES });
  await seedEntries(web.store, [
    {
      id: 'wide',
      title: '巢湖大堤加固完工',
      outlet: '安徽日报',
      at: NOW - 20 * HOUR_MS,
      image: 'https://pic.example/1.jpg',
    },
    ...['人民网', '新华网', '澎湃新闻', '江淮晨报', '人民网'].map((outlet, i) => ({
      id: `wide${i}`,
      title: '巢湖大堤完工',
      outlet,
      joins: 'wide',
      source: i === 4 ? 'jsxw' : 'hfrb',
      at: NOW - 19 * HOUR_MS,
    })),
    { id: 'pair', title: '南京灯会开幕', outlet: '江苏新闻', at: NOW - 2 * HOUR_MS, regions: [makeHit('320100')] },
    { id: 'pair1', title: '灯会在南京开幕', outlet: '扬子晚报', joins: 'pair', at: NOW - HOUR_MS },
    { id: 'old', title: '去年的大新闻', outlet: '甲报', at: NOW - 50 * HOUR_MS },
    ...['乙报', '丙报', '丁报', '戊报', '己报', '庚报', '辛报'].map((outlet, i) => ({
      id: `old${i}`,
      title: '大新闻',
      outlet,
      joins: 'old',
      at: NOW - 49 * HOUR_MS,
    })),
    {
      id: 'alone',
      title: '合肥地鐵五號線試乘',
      script: 'hant',
      outlet: '聯合報',
      at: NOW - HOUR_MS,
      text: '合肥地鐵五號線試乘。\n市民說很快。',
    },
    { id: 'dated', title: '只有日期的消息', summary: '只有日期的消息。河堤已经加固。', at: MIDNIGHT },
  ]);
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

const HTML = { accept: 'text/html', 'accept-language': 'zh-CN' };
const page = async (path = '/', headers: Record<string, string> = {}) =>
  (await web.get(path, { ...HTML, ...headers })).text();
const topOf = (html: string) => /<section class="top"[\s\S]*?<\/section>/.exec(html)?.[0] ?? '';
const headlines = (html: string) => [...html.matchAll(/class="headline" href="\/stories\/(\w+)"/g)].map(([, id]) => id);
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ');
/** What the page says of one story. */
const itemOf = (html: string, id: string) =>
  html.split('<li').find((one) => one.includes(`class="headline" href="/stories/${id}"`)) ?? '';

describe('the stories of most weight', () => {
  test('stand on top, by outlets and age, each once on the page; one outlet alone is none, nor what is old', async () => {
    const html = await page();
    expect(headlines(topOf(html))).toEqual(['wide', 'pair']);
    expect(headlines(html).toSorted()).toEqual(['alone', 'dated', 'old', 'pair', 'wide']);
  });

  test('are not chosen of a place, of a search, nor on a further page', async () => {
    for (const path of ['/?region=340000', '/?q=大堤', '/?page=2']) expect(topOf(await page(path))).toBe('');
    expect(headlines(topOf(await page('/?script=hant')))).toEqual(['wide', 'pair']);
  });

  test('cost nothing while their choice is fresh and they are on the page: at most 22 commands for five stories', async () => {
    const commands = async (path: string) => {
      const count = async () =>
        Number(/total_commands_processed:(\d+)/.exec(await web.store.redis.info('stats'))?.[1] ?? 0);
      const before = await count();
      await page(path);
      // The second question itself is one.
      return (await count()) - before - 1;
    };
    await page();
    // Counts of two editions, the script that chooses five stories and what it asks, five stories and their leads.
    expect(await commands('/')).toBeLessThanOrEqual(22);
  });

  test('one that is withdrawn is gone at once', async () => {
    expect(topOf(await page())).toContain('/stories/pair"');
    const options = { now: NOW, configVersion: 'c', ledgerCount: 100, assembler: ASSEMBLER };
    expect(await withdrawStory(web.store, 'pair', 'wrong', options)).toMatchObject({ ok: true });
    expect(headlines(await page())).not.toContain('pair');
  });
});

describe('a story of the list', () => {
  test('names the other outlets with their articles, three at most', async () => {
    const item = itemOf(await page(), 'wide');
    expect(textOf(item)).toContain('另有 4 家：人民网、新华网、澎湃新闻…');
    expect(item).toContain('<a href="https://news.example/wide1.html" rel="noopener noreferrer external">新华网</a>');
    expect(textOf(itemOf(await page('/', { 'accept-language': 'en' }), 'wide'))).toContain(
      '4 more: 人民网, 新华网, 澎湃新闻…',
    );
  });

  test('says what its summary adds, and where it has a date alone, the day', async () => {
    const item = itemOf(await page(), 'dated');
    expect(item).toContain('class="summary">河堤已经加固。</p>');
    expect(item).toMatch(/<time [^>]*>今天<\/time>/);
    expect(itemOf(await page(), 'wide')).toMatch(/<time [^>]*>16:30<\/time>/);
  });

  test('has its picture by the image proxy, and none where that is off', async () => {
    expect(await page()).not.toContain('<img src="https://pic.example');
    expect(itemOf(await page(), 'wide')).not.toContain('class="picture"');
    web.set({ config: makeConfig({}, { imageProxy: true }) });
    expect(itemOf(await page(), 'wide')).toMatch(/class="picture"[^>]*><img src="http:\/\/127\.0\.0\.1:\d+\/image\//);
    web.set({ config: makeConfig() });
  });

  test('shows the words that were searched for, in the text where headline and summary have none', async () => {
    const item = itemOf(await page('/?q=市民'), 'alone');
    expect(item).toContain('<mark>市民</mark>說很快');
    expect(itemOf(await page('/?q=地铁'), 'alone')).toContain('合肥<mark>地鐵</mark>五號線試乘</a>');
  });
});

describe('the script', () => {
  const cookie = (script: string) => ({ cookie: `deltawire-script=${script}` });

  test('that is chosen turns stories, words of the page and the feeds’ addresses', async () => {
    const hant = await page('/?script=hant');
    expect(hant).toContain('<html lang="zh-Hant">');
    expect(textOf(hant)).toContain('巢湖大堤加固完工');
    expect(textOf(hant)).toContain('要聞');
    expect(hant).toContain('delta.rss?script=hant');
    const hans = await page('/?script=hans');
    expect(textOf(hans)).toContain('合肥地铁五号线试乘');
    expect(hans).toContain('<html lang="zh-Hans">');
    expect(textOf(await page())).toContain('合肥地鐵五號線試乘');
  });

  test('is kept, also for the page of a story, until it is chosen away', async () => {
    const chosen = await web.get('/?script=hans', HTML);
    expect(chosen.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^deltawire-script=hans; .*Max-Age=31536000/),
    ]);
    expect(textOf(await page('/', cookie('hans')))).toContain('合肥地铁五号线试乘');
    expect(textOf(await page('/stories/alone', cookie('hans')))).toContain('合肥地铁五号线试乘');
    expect((await web.get('/?script=', { ...HTML, ...cookie('hans') })).headers.getSetCookie()).toEqual([
      expect.stringContaining('Max-Age=0'),
    ]);
    expect((await web.get('/', { ...HTML, ...cookie('hans') })).headers.getSetCookie()).toEqual([]);
  });
});

test('no English stands on the Chinese page', async () => {
  const lines = (await page()).replaceAll(/<(script|style|head)[\s\S]*?<\/\1>|<[^>]+>/g, '\n');
  expect(englishIn(lines)).toEqual([]);
});
