import { afterAll, beforeAll, expect, test } from 'vitest';
import { noteSpam } from '../../src/store/sources/habits.ts';
import { dayOf, keys } from '../../src/store/redis/keys.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeSource, NOW, type RunningWeb, seedSource, startWeb } from './seed.ts';

const DAY_MS = 86_400_000;
let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  const sources = [makeSource('moved'), makeSource('once')];
  web = await startWeb(redis, { config: { ...makeConfig(), sources } });
  const to = (id: string) => ({ movedTo: `https://new.example/${id}.xml`, address: `https://${id}.example/rss.xml` });
  await seedSource(web.store, 'moved', { ...to('moved'), movedCount: 3 });
  await seedSource(web.store, 'once', { ...to('once'), movedCount: 1 });
  await noteSpam(
    web.store,
    'moved',
    Array.from({ length: 12 }, (_, n) => n > 2),
  );
  await noteSpam(
    web.store,
    'once',
    Array.from({ length: 12 }, (_, n) => n > 8),
  );
  // 芜湖 had news every day and has had none for six; 合肥 goes on.
  for (let back = 30; back >= 1; back--) {
    const key = keys.coverage(web.store, dayOf(NOW - back * DAY_MS));
    await web.store.redis.hset(key, '340100', '4', ...(back > 6 ? ['340200', '3'] : []));
  }
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

test('an address that held three times is proposed with the line to change, one redirect is not', async () => {
  const page = await (await web.get('/status', { 'accept-language': 'en' })).text();
  expect(page).toContain('sources.yaml:10');
  expect(page).toContain('url: https://new.example/moved.xml');
  expect(page).toContain('check --fix');
  expect(page).not.toContain('url: https://new.example/once.xml');
  const { moves } = (await (await web.get('/api/status')).json()) as { moves: object[] };
  expect(moves).toEqual([
    {
      source: 'moved',
      from: 'https://moved.example/rss.xml',
      to: 'https://new.example/moved.xml',
      at: { file: 'sources.yaml', line: 10 },
    },
  ]);
});

test('a city that fell silent is shown, one that goes on is not', async () => {
  const { silences } = (await (await web.get('/api/status')).json()) as { silences: object[] };
  expect(silences).toEqual([expect.objectContaining({ code: '340200', name: '芜湖', days: 6, usual: 3 })]);
  const page = await (await web.get('/status', { 'accept-language': 'zh-CN' })).text();
  expect(page).toContain('已 6 天没有条目，平时每天 3 条');
});

test('a source that brings mostly spam is shown with what to do, one that bears some is not', async () => {
  const { spam } = (await (await web.get('/api/status')).json()) as { spam: object[] };
  expect(spam).toEqual([expect.objectContaining({ source: 'moved', spammed: 9, entries: 12 })]);
  const page = await (await web.get('/status', { 'accept-language': 'en' })).text();
  expect(page).toContain('9 of its last 12 entries bore spam');
  expect(page).toContain('enabled: false');
});
