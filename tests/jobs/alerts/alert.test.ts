import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tellChange } from '../../../src/jobs/alerts/alert.ts';
import { addPolls, closeQueues, openQueues, type Queues } from '../../../src/jobs/queues.ts';
import type { Store } from '../../../src/store/redis/keys.ts';
import { readForPoll } from '../../../src/store/sources/sources.ts';
import { emptyState } from '../../../src/store/sources/state.ts';
import type { Config } from '../../../src/model/config.ts';
import { endServer, listenOnLoopback } from '../../support/loopback.ts';
import { makeConfig, makeSource } from '../../support/configs.ts';
import { until } from '../../support/until.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { startWorking } from '../../support/working.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

let redis: TestRedis;
let store: Store;
let queues: Queues;
let workers: { stop(): Promise<void> } | null = null;
let messages: Record<string, unknown>[] = [];
let hookStatus = 200;
/** What the source answers; null: it hangs up. */
let feed: string | null = null;
let now = Date.UTC(2026, 2, 3, 16);

const server = createServer((request, response) => {
  if (request.url === '/hook') {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      messages.push(JSON.parse(body) as Record<string, unknown>);
      response.writeHead(hookStatus).end();
    });
  } else if (feed === null) request.socket.destroy();
  else response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed);
});
let base = '';

beforeAll(async () => {
  redis = await startRedis();
  base = await listenOnLoopback(server);
});
afterAll(async () => {
  await endServer(server);
  await redis.stop();
});
beforeEach(() => {
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
  messages = [];
  hookStatus = 200;
});
afterEach(async () => {
  await workers?.stop();
  workers = null;
  await closeQueues(queues);
});

const configWith = (webhook: string | null): Config => {
  const config = makeConfig({ sources: [makeSource({ id: 'a', name: '样报', url: `${base}/a` })] });
  return { ...config, settings: { ...config.settings, alerts: { ...config.settings.alerts, webhook } } };
};
function run(config: Config): void {
  workers = startWorking(config, { connection: redis.connect(), store, queues, now: () => now });
}
const count = async () => (await queues.poll.getCompletedCount()) + (await queues.poll.getFailedCount());
async function poll(): Promise<void> {
  const before = await count();
  await addPolls(queues, ['a'], 'schedule');
  await until(async () => (await count()) > before, 'the poll');
}
const settled = () =>
  until(async () => {
    const { waiting, active } = await queues.alert.getJobCounts('waiting', 'active');
    return waiting === 0 && active === 0;
  }, 'the alerts');
const item = (at: number) =>
  `<rss version="2.0"><channel><title>样报</title><item><guid isPermaLink="false">${at}</guid><title>合肥第${at}号消息</title><pubDate>${new Date(at).toUTCString()}</pubDate></item></channel></rss>`;

describe('a source that cannot be reached for a month', () => {
  it('is asked at least daily and no more than its back-off allows, and told of once as it goes and as it comes back', async () => {
    run(configWith(`${base}/hook`));
    feed = item(now);
    await poll();
    feed = null;
    const start = now;
    let failures = 0;
    while (now < start + 30 * DAY) {
      now = (await readForPoll(store, 'a')).nextPollAt ?? 0;
      const at = now;
      await poll();
      failures++;
      const state = await readForPoll(store, 'a');
      expect(state.failures).toBe(failures);
      const pause = (state.nextPollAt ?? 0) - at;
      expect(pause).toBeLessThanOrEqual(DAY);
      expect(pause).toBeGreaterThanOrEqual(0.9 * Math.min(DAY, 15 * MINUTE * 2 ** (failures - 1)) - 1);
    }
    await settled();
    expect(messages).toEqual([
      {
        source: 'a',
        name: '样报',
        from: 'healthy',
        to: 'failing',
        why: expect.stringContaining('without an answer'),
        whyCode: 'fetch.headers.no-answer',
        at: expect.stringMatching(/^2026-03-0[3-5]T/),
        url: `${base}/a`,
      },
    ]);
    expect(failures).toBeLessThan(45);
    feed = item(now);
    now = (await readForPoll(store, 'a')).nextPollAt ?? 0;
    await poll();
    await settled();
    expect(messages.map(({ from, to }) => [from, to])).toEqual([
      ['healthy', 'failing'],
      ['failing', 'healthy'],
    ]);
  });
});

describe('alerts', () => {
  it('tell nothing of one hiccup', async () => {
    run(configWith(`${base}/hook`));
    for (const answer of [item(now), null, null, item(now + 1), null, item(now + 2)]) {
      feed = answer;
      now += 15 * MINUTE;
      await poll();
    }
    await settled();
    expect(messages).toEqual([]);
  });

  it('tell of a source that never answered as new, and only once', async () => {
    run(configWith(`${base}/hook`));
    feed = null;
    for (let i = 0; i < 6; i++) {
      now += DAY;
      await poll();
    }
    feed = item(now);
    now += DAY;
    await poll();
    await settled();
    expect(messages.map(({ from, to }) => [from, to])).toEqual([
      ['new', 'failing'],
      ['failing', 'healthy'],
    ]);
  });

  it('tell of a login page as a change, and of silence as silence', async () => {
    run(configWith(`${base}/hook`));
    feed = item(now);
    await poll();
    feed = '<!doctype html><html><title>登录</title><form></form></html>';
    for (let i = 0; i < 4; i++) await poll();
    feed = item(now + 1);
    await poll();
    now += 20 * DAY;
    await poll();
    now += DAY;
    await poll();
    await settled();
    expect(messages.map(({ from, to }) => [from, to])).toEqual([
      ['healthy', 'changed'],
      ['changed', 'healthy'],
      ['healthy', 'stale'],
    ]);
    expect(messages[2]?.['why']).toContain('nothing new came since');
  });

  it('wait for a webhook that is away without holding up polls, and arrive once it is back', async () => {
    hookStatus = 503;
    run(configWith(`${base}/hook`));
    feed = null;
    for (let i = 0; i < 3; i++) await poll();
    await until(async () => (await queues.alert.getDelayedCount()) === 1, 'the retry');
    await poll();
    hookStatus = 200;
    const [job] = await queues.alert.getDelayed();
    await job?.promote();
    await until(async () => (await queues.alert.getCompletedCount()) === 1, 'the alert');
    expect(messages.map(({ to }) => to)).toEqual(['failing', 'failing']);
  });

  it('are queued once for one change, however often it is met', async () => {
    const source = makeSource({ id: 'a', url: `${base}/a` });
    const gone = { ...emptyState('a'), lastPollAt: now, gone: true, failures: 1, lastError: '410' };
    const alerts = { staleAfterMs: null, webhook: `${base}/hook` };
    const both = await Promise.all([
      tellChange(queues, source, gone, alerts, now),
      tellChange(queues, source, gone, alerts, now),
    ]);
    expect(both.map(({ told, toldCount }) => [told, toldCount])).toEqual([
      ['gone', 1],
      ['gone', 1],
    ]);
    expect(await queues.alert.getWaitingCount()).toBe(1);
    expect(await tellChange(queues, source, both[0], alerts, now)).toBe(both[0]);
  });

  it('are not kept for a webhook that is set later', async () => {
    run(configWith(null));
    feed = null;
    for (let i = 0; i < 4; i++) await poll();
    expect((await readForPoll(store, 'a')).told).toBe('failing');
    expect(await queues.alert.count()).toBe(0);
  });
});
