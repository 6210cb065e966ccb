import { afterAll, beforeAll, expect, test } from 'vitest';
import { reason } from '../../src/reasons/catalogue.ts';
import { noteSpam } from '../../src/store/sources/habits.ts';
import { dayOf, keys } from '../../src/store/redis/keys.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeSource, NOW, type RunningWeb, seedSource, startWeb } from './seed.ts';

const DAY_MS = 86_400_000;
let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  const sources = [makeSource('moved'), makeSource('once'), makeSource('flood')];
  web = await startWeb(redis, { config: { ...makeConfig(), sources } });
  const to = (id: string) => ({ movedTo: `https://new.example/${id}.xml`, address: `https://${id}.example/rss.xml` });
  await seedSource(web.store, 'moved', { ...to('moved'), movedCount: 3 });
  await seedSource(web.store, 'once', { ...to('once'), movedCount: 1 });
  await seedSource(web.store, 'flood', { held: 4500, heldWhy: reason('quota.poll', { items: 4500, most: 500 }) });
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

test('a source that brings more than its quotas is shown with how much waits', async () => {
  const { sources } = (await (await web.get('/api/status')).json()) as { sources: { id: string }[] };
  expect(sources.find(({ id }) => id === 'flood')).toMatchObject({ held: 4500, heldWhyCode: 'quota.poll' });
  for (const path of ['/status', '/status/source?id=flood'])
    expect(await (await web.get(path, { 'accept-language': 'en' })).text()).toContain(
      '4500 items wait for later polls',
    );
});

test('little memory left is shown, with the figures', async () => {
  const read = async () => (await web.get('/status', { 'accept-language': 'en' })).text();
  expect(await read()).not.toContain('Little memory left');
  const { redis: memory } = (await (await web.get('/api/status')).json()) as { redis: { usedBytes: number } };
  const most = Math.ceil(memory.usedBytes * 1.1);
  await web.store.redis.config('SET', 'maxmemory', String(most));
  try {
    expect((await (await web.get('/api/status')).json()) as object).toMatchObject({ redis: { maxBytes: most } });
    expect(await read()).toContain('Redis uses');
  } finally {
    await web.store.redis.config('SET', 'maxmemory', '0');
  }
});
