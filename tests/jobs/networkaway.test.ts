import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import type { Store } from '../../src/store/redis/keys.ts';
import { networkAway } from '../../src/store/sources/network.ts';
import { dueSources, readSourceState } from '../../src/store/sources/sources.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { startWorking, type Working } from '../support/working.ts';

let redis: TestRedis;
let store: Store;
let queues: Queues;
let workers: Working;
let alive = '';
/** Addresses of ports that nobody listens on. */
let dead: readonly string[];
const server = createServer((_request, response) =>
  response.end('<rss version="2.0"><channel><title>样报</title></channel></rss>'),
);

beforeAll(async () => {
  redis = await startRedis();
  alive = await listenOnLoopback(server);
  const closed = Array.from({ length: 8 }, () => createServer());
  for (const one of closed) await new Promise<void>((done) => one.listen(0, '127.0.0.1', done));
  dead = closed.map((one) => `http://127.0.0.1:${(one.address() as AddressInfo).port}/feed`);
  for (const one of closed) await endServer(one);
});
afterAll(async () => {
  await endServer(server);
  await redis.stop();
});
beforeEach(() => {
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
  const sources = [...dead, `${alive}/feed`].map((url, i) => makeSource({ id: `s${i}`, url }));
  workers = startWorking(makeConfig({ sources, fetch: { concurrency: 1 } }), {
    connection: redis.connect(),
    store,
    queues,
  });
});
afterEach(async () => {
  await workers.stop();
  await closeQueues(queues);
});

async function poll(...sources: string[]): Promise<void> {
  const count = async () => (await queues.poll.getCompletedCount()) + (await queues.poll.getFailedCount());
  const before = await count();
  await addPolls(queues, sources, 'schedule');
  await until(async () => (await count()) - before === sources.length, 'the polls');
}
const failuresOf = async (id: string) => (await readSourceState(store, id)).failures;

it('holds an outage of its own against no source, and asks all again once one answers', async () => {
  await poll('s0', 's1', 's2', 's3');
  expect([await networkAway(store), await failuresOf('s3')]).toEqual([null, 1]);
  for (let round = 0; round < 3; round++) await poll('s4', 's5', 's6', 's7', 's0');
  expect(await networkAway(store)).toMatchObject({ code: 'network.away' });
  expect([await failuresOf('s0'), await failuresOf('s5')]).toEqual([1, 0]);
  expect(await dueSources(store, Date.now() + 60_000, 99)).toEqual([]);
  await poll('s8');
  expect(await networkAway(store)).toBeNull();
  expect((await dueSources(store, Date.now() + 10_000, 99)).filter((id) => id !== 's8').sort()).toEqual(
    Array.from({ length: 8 }, (_, i) => `s${i}`),
  );
});

it('holds the failure against the source where others answer', async () => {
  for (const some of [['s0', 's1', 's2', 's3'], ['s8'], ['s4', 's5', 's6', 's7']]) await poll(...some);
  expect(await networkAway(store)).toBeNull();
  expect(await failuresOf('s5')).toBe(1);
});
