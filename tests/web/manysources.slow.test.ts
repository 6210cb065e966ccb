import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { basic } from './raw.ts';
import { makeConfig, makeSource, type RunningWeb, startWeb } from './seed.ts';

const ADMIN = { user: 'ops', password: 'pass' };
const PAGE = { ...basic('ops:pass'), accept: 'text/html', 'accept-language': 'zh-CN' };
const FORM = { ...PAGE, 'content-type': 'application/x-www-form-urlencoded' };
const COUNT = 2_000;
const GROUPS = 40;
const SOURCES = Array.from({ length: COUNT }, (_, i) => makeSource(`many-${i}`, { group: `第${i % GROUPS}组` }));

let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis, { config: makeConfig({ sources: SOURCES }, { admin: ADMIN }) });
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

const read = async (query: string) => (await web.get(`/sources${query}`, PAGE)).text();
const rows = (page: string) => [...page.matchAll(/name="s:([^"]+)"/g)].map(([, id]) => id);

test('two thousand sources are shown by the hundred, each once, on pages of bounded size', async () => {
  const pages = await Promise.all(Array.from({ length: 20 }, (_, i) => read(`?page=${i + 1}`)));
  for (const page of pages) {
    expect(rows(page).length).toBe(100);
    expect(page.length).toBeLessThan(150_000);
  }
  expect(new Set(pages.flatMap(rows)).size).toBe(COUNT);
  expect(pages[0]).toContain('2000 个来源');
  expect(pages[0]?.match(/name="g:/g)?.length).toBe(2);
  expect(pages[0]).toContain('第0组</label> <span class="faint">50 个');
});

test('a form acts on all that a search finds, also on those of other pages', async () => {
  const send = (fields: Record<string, string>) =>
    web.get('/sources', FORM, { method: 'POST', body: new URLSearchParams({ do: 'poll', ...fields }).toString() });
  // The answer may be there before the polls are.
  const polled = (times: number) => until(() => web.polled.length === times, 'the polls');
  await send({ all: '1', q: '第1' });
  await polled(1);
  await send({ 'g:第17组': 'on' });
  await polled(2);
  const group = (id: string) => Number(id.slice(5)) % GROUPS;
  expect(new Set(web.polled[0]?.map(group))).toEqual(new Set([1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]));
  expect(web.polled[0]?.length).toBe((11 * COUNT) / GROUPS);
  expect(web.polled[1]?.map(group)).toEqual(Array.from({ length: COUNT / GROUPS }, () => 17));
});
