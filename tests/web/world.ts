/** Fills a store with what makes pages long: many or few sources, long names and numbers, stories of all cities, told by several outlets. */
import { reason } from '../../src/reasons/catalogue.ts';
import type { Source } from '../../src/model/source.ts';
import { writeBeat } from '../../src/store/beats.ts';
import { keys } from '../../src/store/redis/keys.ts';
import type { TestRedis } from '../support/redis.ts';
import {
  makeConfig,
  makeEdition,
  makeHit,
  makeSource,
  NOW,
  type RunningWeb,
  seedEntries,
  seedSource,
  startWeb,
} from './seed.ts';

const HOUR_MS = 3_600_000;
const LONG_NAME = '长江三角洲区域一体化发展示范区融媒体中心新闻客户端（本地要闻频道）';
const LONG_WORD = 'Zhongguoanhuishengchangjiangsanjiaozhouyitihuafazhanshifanqu.example';
const CITIES = ['340100', '340200', '341200', '340104', '320100', '320500', '330100', '330200', '310000', '310115'];
const OUTLETS = ['安徽日报', '人民网', '澎湃新闻', '江淮晨报', LONG_NAME];

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const IMAGES = {
  secret: 'a secret',
  fetchImage: async () => ({ ok: true, body: PICTURE, type: 'image/png' }) as const,
};

/** A server over sources of every state and some hundred stories; NOW is its time. */
export async function startWorld(redis: TestRedis, count: number): Promise<RunningWeb> {
  const sources: Source[] = Array.from({ length: count }, (_, i) =>
    makeSource(`s${i}`, { name: i === 1 ? LONG_NAME : `第${i}样报`, enabled: i !== 2 }),
  );
  const editions = [
    makeEdition('delta', { title: '长三角', description: '上海、江苏、浙江、安徽的新闻', regions: ['长三角'] }),
    makeEdition('anhui', { title: '安徽', description: '安徽的新闻', regions: ['安徽'] }),
  ];
  const web = await startWeb(redis, {
    config: makeConfig({ sources, editions }, { imageProxy: true }),
    images: IMAGES,
  });
  await seedEntries(
    web.store,
    Array.from({ length: 60 }, (_, i) => ({
      id: `e${i}`,
      title: i === 3 ? `${LONG_NAME}发布${LONG_WORD}` : `第${i}条消息：多地连夜加固河堤，公交线路恢复运行`,
      source: `s${i % Math.min(count, 3)}`,
      outlet: OUTLETS[i % OUTLETS.length] ?? null,
      summary:
        i % 4 === 0
          ? ''
          : '连日降雨之后，多地水位回落；抢险人员分三班巡查，受影响的公交线路今早全部恢复。'.repeat((i % 4) * 2),
      image: i % 3 === 0 ? `https://pic.example/${i}.jpg` : null,
      at: NOW - (i + 1) * HOUR_MS,
      regions: CITIES.slice(i % CITIES.length, (i % CITIES.length) + 3).map((code) => makeHit(code)),
    })),
  );
  await seedEntries(
    web.store,
    Array.from({ length: 12 }, (_, i) => ({
      id: `copy${i}`,
      title: `另一家说的第${i % 3}条消息`,
      joins: `e${i % 3}`,
      source: `s${i % Math.min(count, 3)}`,
      outlet: OUTLETS[(i + 1) % OUTLETS.length] ?? null,
      at: NOW - HOUR_MS / 2,
    })),
  );
  await seedSource(web.store, 's0');
  await seedSource(
    web.store,
    's1',
    { failures: 12_345, lastError: reason('fetch.connect.failed', { host: LONG_WORD, why: reason('story.new') }) },
    { outcome: 'failed', status: null },
  );
  for (let i = 3; i < Math.min(count, 40); i++) await seedSource(web.store, `s${i}`, { failures: i % 4 });
  await web.store.redis.hset(keys.totals(web.store), { kept: 12_345_678, merged: 2_345_678, dropped: 1_234_567 });
  return web;
}

/** Two processes, for as long as a beat counts. */
export async function beatOnce(web: RunningWeb): Promise<void> {
  for (const [i, roles] of [['scheduler', 'worker', 'web'], ['worker']].entries())
    await writeBeat(web.store, {
      host: i === 0 ? 'news-01' : LONG_WORD,
      pid: 4_194_303,
      roles,
      version: '0.1.0',
      clockSetMs: 0,
      since: NOW - 50 * HOUR_MS,
      beatAt: NOW - 3_000,
      busy: 12_345,
    });
}
