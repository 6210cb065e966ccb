/** A feed that changes without end is served at once, and rendered again after a rest. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { makeConfig, makeEdition, makeHit, NOW, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const STORIES = 100;

let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis, { config: makeConfig({ editions: [makeEdition('delta', { size: STORIES })] }) });
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

const story = (n: number) => ({
  id: `e${n}`,
  at: NOW - 60_000 + n,
  title: `第${n}条消息`,
  // Rendering it takes longer than storing it, and than a revision is taken for the last one.
  content: `<p>第${n}条消息的<b>内容</b>，详情请看<a href="https://news.example/${n}">本站</a>。</p>`.repeat(100),
  regions: [makeHit('340104')],
  editions: ['delta'],
});

/** Requests that waited for their rendering. */
async function waited(): Promise<number> {
  const text = await (await web.get('/metrics')).text();
  return Number(/^deltawire_feed_\w+\{result="miss"\} (\d+)/m.exec(text)?.[1]);
}

it('keeps no reader waiting while it changes, and has all changes soon after', async () => {
  const read = async () => (await web.get('/feeds/delta.rss')).text();
  await seedEntries(
    web.store,
    Array.from({ length: STORIES }, (_, n) => story(n)),
  );
  await read();
  const before = await waited();
  const changes = 200;
  for (let n = STORIES; n < STORIES + changes; n++) {
    await seedEntries(web.store, [story(n)]);
    expect(await read()).toContain('<item>');
  }
  expect((await waited()) - before).toBeLessThan(3);
  await until(async () => (await read()).includes(`第${STORIES + changes - 1}条消息`), 'the last change');
});
