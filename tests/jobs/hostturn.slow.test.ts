import { say } from '../../src/reasons/render.ts';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPolls, addPushes, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { restHost } from '../../src/store/sources/pace.ts';
import { readForPoll } from '../../src/store/sources/sources.ts';
import type { Source } from '../../src/model/source.ts';
import { endServer } from '../support/loopback.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { until } from '../support/until.ts';
import { makeItem } from '../support/entries.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { startWorking } from '../support/working.ts';

const INTERVAL_MS = 300;
/** At this spacing the last of them waits for longer than a worker does. */
const MANY = 12;

let redis: TestRedis;
let store: Store;
let queues: Queues;
let workers: { stop(): Promise<void> }[] = [];
/**
 * The requests that came, with the moment (epoch ms) at which the host's last turn began. Hosts have one request at a
 * time here, so that turn is the request's own, and no delay on its way changes it; a request without a turn would show
 * the one before it again.
 */
let seen: { readonly host: string; readonly path: string; readonly turn: number }[] = [];

/** Each address of loopback is a host of its own; `/to/<address>/<path>` leads to another one, or to the same. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { host = '' } = request.headers;
  const path = request.url ?? '';
  const turn = Number(await store.redis.hget(keys.pace(store, host), 'last'));
  seen.push({ host: host.split(':')[0] ?? '', path, turn });
  const [, to, rest] = /^\/to\/([\d.]+)(.*)/.exec(path) ?? [];
  if (to !== undefined) response.writeHead(302, { location: `http://${to}:${port}${rest}` }).end();
  else if (path.startsWith('/page')) response.end('<p>正文</p>');
  else response.end(`<rss version="2.0"><channel><title>${path}</title></channel></rss>`);
}
const server = createServer((request, response) => void answer(request, response));
let port = 0;

beforeAll(async () => {
  redis = await startRedis();
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', done));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
  seen = [];
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((one) => one.stop()));
  await closeQueues(queues);
});
afterAll(async () => {
  await endServer(server);
  await redis.stop();
});

/** Workers of two at a time each, which share the pace of every host. */
function start(count: number, sources: readonly Source[], intervalMs = INTERVAL_MS): void {
  // The time that a busy machine takes is not what is tested.
  const fetch = { perHostIntervalMs: intervalMs, perHostConcurrency: 1, concurrency: 2, timeoutMs: 60_000 };
  const config = makeConfig({ sources, fetch });
  workers = Array.from({ length: count }, () => startWorking(config, { connection: redis.connect(), store, queues }));
}

const at = (host: string, path: string): string => `http://${host}:${port}${path}`;
const gapsOf = (host: string): number[] => {
  const times = seen.filter((one) => one.host === host).map((one) => one.turn);
  return times.slice(1).map((time, i) => time - (times[i] ?? 0));
};

describe('redirects and the pace of the hosts that they lead to', () => {
  it('hold the spacing of one host that many others lead to, and delay no other', { timeout: 60_000 }, async () => {
    const many = Array.from({ length: MANY }, (_, i) => `s${i}`);
    const sources = many.map((id, i) => makeSource({ id, url: at(`127.0.1.${i + 1}`, `/to/127.0.0.9/${id}`) }));
    start(2, [...sources, makeSource({ id: 'other', url: at('127.0.0.8', '/other') })]);
    await addPolls(queues, many, 'schedule');
    await until(() => seen.filter(({ host }) => host === '127.0.0.9').length >= 2, 'the first two');
    await addPolls(queues, ['other'], 'schedule');
    await until(async () => (await queues.poll.getCompletedCount()) === MANY + 1, 'all polls', 50_000);

    const there = seen.filter(({ host }) => host === '127.0.0.9');
    expect(there.map(({ path }) => path).toSorted()).toEqual(many.map((id) => `/${id}`).toSorted());
    expect(Math.min(...gapsOf('127.0.0.9'))).toBeGreaterThanOrEqual(INTERVAL_MS);
    // Put back at most once: not asked again and again while it waits.
    for (let i = 0; i < MANY; i++)
      expect(seen.filter(({ host }) => host === `127.0.1.${i + 1}`).length).toBeLessThanOrEqual(2);
    const order = seen.filter(({ host }) => host === '127.0.0.9' || host === '127.0.0.8').map(({ path }) => path);
    expect(order.indexOf('/other')).toBeLessThan(order.length - 1);
  });

  it('within one host are part of its turn', async () => {
    start(1, [makeSource({ id: 'a', url: at('127.0.0.7', '/to/127.0.0.7/feed') })], 60_000);
    await addPolls(queues, ['a'], 'schedule');
    await until(async () => (await queues.poll.getCompletedCount()) === 1, 'the poll');
    expect(seen.map(({ path }) => path)).toEqual(['/to/127.0.0.7/feed', '/feed']);
  });

  it('to a host that rests put the source off until it has rested', async () => {
    start(1, [makeSource({ id: 'a', url: at('127.0.0.7', '/to/127.0.0.9/feed') })]);
    await restHost(store, `127.0.0.9:${port}`, Date.now() + 600_000, Date.now());
    await addPolls(queues, ['a'], 'schedule');
    await until(async () => (await queues.poll.getCompletedCount()) === 1, 'the poll');
    expect(seen.map(({ host }) => host)).toEqual(['127.0.0.7']);
    const state = await readForPoll(store, 'a');
    expect(state).toMatchObject({ failures: 0, lastError: null });
    expect(state.nextPollAt).toBeGreaterThan(Date.now() + 500_000);
    expect(say(state.nextWhy ?? '', 'en')).toContain(`127.0.0.9:${port} asked for a pause`);
  });

  it('end the turn of the host that they leave, and of the last one', async () => {
    start(1, [makeSource({ id: 'a', url: at('127.0.0.7', '/to/127.0.0.9/to/127.0.0.7/feed') })]);
    await addPolls(queues, ['a'], 'schedule');
    await until(async () => (await queues.poll.getCompletedCount()) === 1, 'the poll');
    expect(seen.map(({ host }) => host)).toEqual(['127.0.0.7', '127.0.0.9', '127.0.0.7']);
    expect(Math.min(...gapsOf('127.0.0.7'))).toBeGreaterThanOrEqual(INTERVAL_MS);
    expect(await store.redis.keys(`${store.prefix}*lease*`)).toEqual([]);
  });

  it('of article pages wait for the same pace', { timeout: 30_000 }, async () => {
    const links = Array.from({ length: 8 }, (_, i) => at(`127.0.1.${i + 1}`, `/to/127.0.0.9/page${i}`));
    start(1, [makeSource({ id: 'a', url: at('127.0.0.7', '/feed'), fullText: true })]);
    await queues.fulltext.addBulk(
      links.map((link, i) => {
        const item = makeItem({ id: `${i}`, link });
        return { name: 'a', data: { source: 'a', feedTitle: null, baseUrl: link, item, hash: `${i}` } };
      }),
    );
    await until(async () => (await queues.fulltext.getCompletedCount()) === links.length, 'all pages', 25_000);
    expect(seen.filter(({ host }) => host === '127.0.0.9')).toHaveLength(links.length);
    expect(Math.min(...gapsOf('127.0.0.9'))).toBeGreaterThanOrEqual(INTERVAL_MS);
  });
});

describe('the hubs that sources name', () => {
  it('are asked in their pace, however many sources name the same one', async () => {
    start(2, []);
    const hub = at('127.0.0.9', '/hub');
    const wishes = Array.from({ length: 5 }, (_, i) => ({
      kind: 'unfollow' as const,
      hub,
      topic: at('127.0.0.7', `/feed${i}`),
      callback: `https://own.example/push/${i}`,
    }));
    await addPushes(queues, wishes);
    await until(() => seen.length === wishes.length, 'all requests');
    expect(Math.min(...gapsOf('127.0.0.9'))).toBeGreaterThanOrEqual(INTERVAL_MS);
  });
});
