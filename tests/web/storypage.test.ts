import { afterAll, beforeAll, expect, test } from 'vitest';
import { reason } from '../../src/reasons/catalogue.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { splitEntry } from '../../src/store/stories/arrange.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { englishIn } from '../support/reasons.ts';
import { NOW, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const HOUR_MS = 3_600_000;
const MIDNIGHT = Date.parse('2026-03-03T00:00:00+08:00');
let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis);
  await seedEntries(web.store, [
    { id: 'lead', title: '巢湖大堤加固完工', outlet: '安徽日报', published: NOW - 5 * HOUR_MS, at: NOW - 5 * HOUR_MS },
    {
      id: 'later',
      title: '大堤完工',
      outlet: '人民网',
      joins: 'lead',
      published: NOW - 2 * HOUR_MS,
      at: NOW - HOUR_MS,
    },
    { id: 'dated', title: '大堤完工了', outlet: '江淮晨报', joins: 'lead', published: MIDNIGHT, at: NOW - HOUR_MS },
    {
      id: 'dated',
      title: '大堤完工了',
      outlet: '江淮晨报',
      joins: 'lead',
      published: MIDNIGHT,
      at: NOW,
      text: '又改了。',
    },
    { id: 'wrong', title: '另一件事', joins: 'lead', at: NOW - HOUR_MS },
    {
      id: 'lead',
      title: '巢湖大堤加固全部完工',
      outlet: '安徽日报',
      published: NOW - 5 * HOUR_MS,
      at: NOW,
      why: reason('story.changed'),
      joins: 'lead',
    },
  ]);
  const options = { now: NOW, configVersion: 'c', ledgerCount: 100, assembler: ASSEMBLER };
  await splitEntry(web.store, 'wrong', options);
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

const page = async (path: string, headers: Record<string, string> = {}) =>
  (await web.get(path, { accept: 'text/html', 'accept-language': 'en', ...headers })).text();
const itemsOf = (html: string, id: string) =>
  (html.split(`id="${id}"`)[1]?.split('</section>')[0] ?? '')
    .split('<li>')
    .slice(1)
    .map((one) =>
      one
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    );

test('the timeline tells who was first and how much later others came, and no lag of a date alone', async () => {
  expect(itemsOf(await page('/stories/lead'), 'timeline')).toEqual([
    '2026-03-03 江淮晨报 · 大堤完工了',
    '2026-03-03 07:30 first 安徽日报 · 巢湖大堤加固全部完工',
    '2026-03-03 10:30 3 h later 人民网 · 大堤完工',
  ]);
});

test('the history tells an editor’s hand from a publisher’s change and from rules, and rules to operators alone', async () => {
  const history = itemsOf(await page('/stories/lead'), 'history');
  expect(history.filter((row) => row.includes(' Publisher · '))).toHaveLength(2);
  expect(history[0]).toMatch(/kept Rules · 合肥日报 · Regions · /);
  expect(history.join('\n')).toMatch(/kept Publisher · 合肥日报 · Regions · /);
  const strangers = itemsOf(await page('/stories/lead', { 'x-forwarded-for': '192.0.2.7' }), 'history');
  expect(strangers.length).toBe(history.length);
  expect(strangers.join()).not.toMatch(/ region · /);
  expect(itemsOf(await page('/stories/wrong'), 'history').at(-1)).toMatch(/Editor · /);
});

test('a story that one outlet told at one time has no timeline', async () => {
  expect(await page('/stories/wrong')).not.toContain('id="timeline"');
});

test('no English stands on the Chinese page', async () => {
  const html = await page('/stories/lead', { 'accept-language': 'zh-CN' });
  expect(itemsOf(html, 'timeline')[1]).toBe('2026-03-03 07:30 首发 安徽日报 · 巢湖大堤加固全部完工');
  expect(englishIn(html.replaceAll(/<(script|style|head)[\s\S]*?<\/\1>|<[^>]+>/g, '\n'))).toEqual([]);
});
