/** Two honest sources and a hostile one: nothing of the honest ones changes, is lost or late. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { type HostileRig, type Item, serve, startHostile } from './hostilerig.ts';

let redis: TestRedis;
let rig: HostileRig | null = null;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await rig?.stop();
  rig = null;
});

const news = (source: string, n: number, over: Partial<Item> = {}): Item => ({
  id: `${n}`,
  title: `合肥${source}第${n}号工地的桥梁主体完工`,
  text: Array.from(
    { length: 4 },
    (_, i) => `${source}工地第${n}标段的第${i + 1}道工序由${n * 3 + i}名工人完成，质量检查一次通过，下月转入装修。`,
  ).join('\n'),
  ...over,
});
const many = (source: string, count: number, over: (n: number) => Partial<Item> = () => ({})) =>
  Array.from({ length: count }, (_, i) => news(source, i + 1, over(i + 1)));

it('has the articles of others while those of one source hang', { timeout: 120_000 }, async () => {
  let hanging = 0;
  const trap = await serve('127.0.0.2', () => hanging++);
  const articles = await serve('127.0.0.3', (request, response) => {
    const n = Number(request.url?.slice(1));
    const text = news('乙', n).text.repeat(3).split('\n');
    response
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end(
        `<html><body><h1>${news('乙', n).title}</h1><div>${text.map((line) => `<p>${line}</p>`).join('')}</div></body></html>`,
      );
  });
  closers.push(trap.close, articles.close);
  rig = await startHostile(redis, {
    sources: [{ id: 'one' }, { id: 'two', fullText: true }, { id: 'bad', fullText: true }],
    fetch: { timeoutMs: 30_000 },
  });
  rig.feeds.set(
    'bad',
    many('丙', 600, (n) => ({ link: `${trap.base}/${n}` })),
  );
  rig.feeds.set('one', many('甲', 20));
  rig.feeds.set(
    'two',
    many('乙', 20, (n) => ({ link: `${articles.base}/${n}` })),
  );
  const { poll, shown } = rig;
  await poll(['bad'], false);
  await until(() => hanging > 0, 'the trap');
  await poll(['one', 'two'], false);
  const of = async (source: string) => (await shown()).filter((row) => row.source === source).length;
  await until(async () => (await of('one')) === 20 && (await of('two')) === 20, 'the honest articles');
  // Of the hostile ones only a source's share was tried meanwhile, and none was given up.
  expect(hanging).toBeLessThanOrEqual(3);
});
