import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { send } from './raw.ts';
import { makeConfig, type RunningWeb, seedEntries, startWeb } from './seed.ts';

let redis: TestRedis;
let web: RunningWeb;

beforeEach(async () => {
  redis = await startRedis();
  web = await startWeb(redis);
  await seedEntries(web.store, [{ id: 'one' }]);
});
afterEach(async () => {
  await web.close();
  await redis.stop();
});

const OUTAGES: readonly (readonly [string, () => Promise<unknown>])[] = [
  [
    'Redis gone',
    async () => {
      redis
        .connect()
        .call('SHUTDOWN', 'NOSAVE')
        .catch(() => undefined);
      await expect.poll(() => web.store.redis.status).not.toBe('ready');
    },
  ],
  ['Redis hanging', () => redis.connect().call('CLIENT', 'PAUSE', '60000', 'ALL')],
];

describe.each(OUTAGES)('with %s', (_name, takeAway) => {
  test('feeds go on with what was rendered last, and say so', async () => {
    const fresh = await web.get('/feeds/delta.rss');
    expect(fresh.headers.get('warning')).toBeNull();
    await takeAway();
    await expect
      .poll(async () => (await web.get('/feeds/delta.rss')).headers.get('warning'))
      .toBe('110 - "Response is Stale"');
    const stale = await web.get('/feeds/delta.rss');
    expect(stale.status).toBe(200);
    expect(stale.headers.get('etag')).toBe(fresh.headers.get('etag'));
    expect(await stale.text()).toBe(await fresh.text());
    const unchanged = await web.get('/feeds/delta.rss', { 'if-none-match': String(fresh.headers.get('etag')) });
    expect(unchanged.status).toBe(304);
    expect(unchanged.headers.get('warning')).toBe('110 - "Response is Stale"');
    expect(unchanged.headers.get('cache-control')).toBe('public, max-age=60, stale-if-error=86400');
  });

  test('every plain feed is there, also for those who come by another name, though nobody asked for it before', async () => {
    const feeds = ['delta.rss', 'delta.atom', 'delta.json'];
    const all = `feed_renderings_total{result="miss"} ${3 * web.deps.config().editions.length}`;
    await until(async () => (await (await web.get('/metrics')).text()).includes(all), 'the feeds');
    await takeAway();
    for (const feed of feeds)
      for (const host of ['127.0.0.1', 'news.example']) {
        const answer = await send(web.url, { path: `/feeds/${feed}`, headers: { host } });
        expect([feed, host, answer.status, answer.headers.warning]).toEqual([
          feed,
          host,
          200,
          '110 - "Response is Stale"',
        ]);
      }
    expect((await web.get('/feeds/delta.rss?region=340100')).status).toBe(503);
  });

  test('what cannot be answered says so plainly, in the language asked for', async () => {
    await takeAway();
    const html = { accept: 'text/html', 'accept-language': 'zh' };
    const [ready, alive, status, home, ledger, story, board, metrics, poll] = await Promise.all([
      web.get('/readyz'),
      web.get('/healthz'),
      web.get('/api/status'),
      web.get('/', html),
      web.get('/ledger', { ...html, 'accept-language': 'en' }),
      web.get('/stories/one', html),
      web.get('/admin/queues/api/queues'),
      web.get('/metrics'),
      web.get('/opml'),
    ]);
    expect(alive.status).toBe(200);
    expect(poll.status).toBe(200);
    for (const response of [ready, status, home, ledger, story, board]) expect(response.status).toBe(503);
    expect(await status.json()).toHaveProperty('error');
    expect(await home.text()).toContain('Redis 没有响应');
    expect(await story.text()).toContain('Redis 没有响应');
    expect(await ledger.text()).toContain('Redis does not answer');
    expect(metrics.status).toBe(200);
    const figures = await metrics.text();
    expect(figures).toContain('deltawire_store_up 0');
    // A counter that fell to nought and came back would count as so many new decisions.
    expect(figures).not.toMatch(/^deltawire_(?:decisions_total|entries)\b/m);
  });

  test('strangers are told so without the address and words of the system, the operator with them', async () => {
    web.set({ config: makeConfig({}, { host: '0.0.0.0', admin: { user: 'ops', password: 'secret' } }) });
    await takeAway();
    const operator = { authorization: `Basic ${Buffer.from('ops:secret').toString('base64')}` };
    // Whose session it is cannot be known now.
    const forged = { cookie: `deltawire-session=${'x'.repeat(43)}` };
    const said = /ENOENT|ECONN|connect|takes no command|\.sock|\/tmp/;
    for (const headers of [{}, forged, { authorization: 'Basic b3BzOndyb25n' }]) {
      const paths = ['/readyz', '/status', '/api/status', '/healthz', '/', '/feeds/delta.rss?region=340100'];
      const texts = await Promise.all(paths.map(async (path) => (await web.get(path, headers)).text()));
      expect(JSON.parse(texts[0] ?? '')).toMatchObject({
        code: 'redis.away',
        why: 'the store is unavailable',
        whyZh: '数据库暂时不可用',
      });
      for (const text of texts) expect(text).not.toMatch(said);
    }
    for (const path of ['/readyz', '/api/status'])
      expect(await (await web.get(path, operator)).text()).toMatch(/Redis does not answer|takes no command/);
  });

  test('an edition that left the config is gone all the same', async () => {
    await web.get('/feeds/delta.rss');
    await takeAway();
    web.set({ config: makeConfig({ editions: [] }) });
    expect((await web.get('/feeds/delta.rss')).status).toBe(404);
  });
});

test('an entry’s page waits longer for a second look at the entry than for Redis', async () => {
  let looks = 0;
  const slow = await startWeb(redis, {
    desk: {
      review: async () => {
        looks++;
        await new Promise((done) => setTimeout(done, 2_500));
        return null;
      },
    },
  });
  try {
    await seedEntries(slow.store, [{ id: 'looked-at' }]);
    const page = await slow.get('/ledger/entry?id=looked-at', { accept: 'text/html' });
    expect([page.status, looks]).toEqual([200, 1]);
  } finally {
    await slow.close();
  }
});
