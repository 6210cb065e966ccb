import { createServer } from 'node:http';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createFirings } from '../../src/daemon/firings.ts';
import { type Scheduler, startScheduler } from '../../src/daemon/schedule.ts';
import { addPolls, closeQueues, openQueues, PLACE, type Queues } from '../../src/jobs/queues.ts';
import type { Config } from '../../src/model/config.ts';
import { placementOf } from '../../src/pipeline/placement.ts';
import { readTotals } from '../../src/store/ledger/figures.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { readPlacing } from '../../src/store/stories/placedby.ts';
import { makeConfig, makeEdition, makeSource } from '../support/configs.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { startWorking, type Working } from '../support/working.ts';

let redis: TestRedis;
let store: Store;
let queues: Queues;
let base = '';
const workers: Working[] = [];
const schedulers: Scheduler[] = [];

const ITEMS = 40;
const server = createServer((request, response) => {
  const of = request.url?.slice(1) ?? '';
  const rows = Array.from({ length: ITEMS }, (_, i) => {
    const text = `合肥市第${i}号${of}工程今天开工，`.repeat(12);
    return `<item><guid isPermaLink="false">${of}-${i}</guid><title>合肥${of}工程第${i}号开工</title><description>${text}</description></item>`;
  });
  response.end(`<rss version="2.0"><channel><title>样报</title>${rows.join('')}</channel></rss>`);
});

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
});
afterEach(async () => {
  for (const scheduler of schedulers.splice(0)) await scheduler.stop();
  for (const one of workers.splice(0)) await one.stop();
  await closeQueues(queues);
});

const sourcesOf = (over: object) =>
  ['a', 'b', 'c'].map((id) => makeSource({ id, url: `${base}/${id}`, schedule: '0 0 1 1 *', ...over }));
const withSources = (editions: Config['editions'], over: object = {}, version = editions.map(({ id }) => id).join()) =>
  makeConfig({ version, sources: sourcesOf(over), editions });
const delta = makeEdition({ id: 'delta', regions: ['安徽省'] });
const hefei = makeEdition({ id: 'hefei', regions: ['合肥市'] });

function work(config: Config): Working {
  const working = startWorking(config, { connection: redis.connect(), store, queues });
  workers.push(working);
  return working;
}
async function plan(config: Config): Promise<Scheduler> {
  const scheduler = startScheduler({
    firings: createFirings(Date.now),
    store,
    queues,
    log: pino({ level: 'silent' }),
    now: Date.now,
    hourly: async () => undefined,
  });
  schedulers.push(scheduler);
  await scheduler.apply(config);
  return scheduler;
}
const inEdition = (id: string) => store.redis.zcard(keys.edition(store, id));
const entries = async () => (await readTotals(store)).entries;
const placedBy = (config: Config) =>
  until(async () => {
    const { placed, misplaced } = await readPlacing(store);
    return placed === placementOf(config) && misplaced === 0 && (await queues.ingest.getActiveCount()) === 0;
  }, 'the placing');

it('places what is committed while the editions change, too', { timeout: 120_000 }, async () => {
  const [before, after] = [withSources([delta]), withSources([delta, hefei])];
  const scheduler = await plan(before);
  const { state } = work(before);
  await addPolls(queues, ['a', 'b', 'c'], 'asked');
  await until(async () => (await entries()) >= ITEMS / 2, 'some entries');
  state.setConfig(after);
  await scheduler.apply(after);
  await until(async () => (await entries()) === 3 * ITEMS, 'all entries');
  await placedBy(after);
  expect([await inEdition('delta'), await inEdition('hefei')]).toEqual([3 * ITEMS, 3 * ITEMS]);
});

it('leaves the work to a process that has the config, and mends what one without it commits', async () => {
  const [before, after] = [withSources([delta]), withSources([delta, hefei])];
  const scheduler = await plan(before);
  const old = work(before);
  await addPolls(queues, ['a'], 'asked');
  await until(async () => (await entries()) === ITEMS, 'the entries');
  await scheduler.apply(after);
  await until(async () => (await queues.ingest.getDelayed()).some(({ name }) => name === PLACE), 'the job given back');
  expect(await inEdition('hefei')).toBe(0);
  const { state } = work(after);
  await placedBy(after);
  expect(await inEdition('hefei')).toBe(ITEMS);
  // Both work now; the one with the old config takes its share.
  state.setConfig(before);
  await addPolls(queues, ['b'], 'asked');
  await until(async () => (await entries()) === 2 * ITEMS, 'more entries');
  expect((await readPlacing(store)).misplaced).toBeGreaterThan(0);
  old.state.setConfig(after);
  state.setConfig(after);
  await placedBy(after);
  expect(await inEdition('hefei')).toBe(2 * ITEMS);
});

it('places after a kill between the mark and the job', async () => {
  const [before, after] = [withSources([delta]), withSources([delta, hefei])];
  await plan(before);
  const { state } = work(before);
  await addPolls(queues, ['a'], 'asked');
  await until(async () => (await entries()) === ITEMS, 'the entries');
  state.setConfig(after);
  // As far as a scheduler comes that dies here.
  await store.redis.set(keys.placing(store), placementOf(after));
  await placedBy(after);
  expect(await inEdition('hefei')).toBe(ITEMS);
});

it('puts no notice in that is no news, whatever changes', async () => {
  const before = withSources([delta]);
  const scheduler = await plan(before);
  const { state } = work(before);
  await addPolls(queues, ['a'], 'asked');
  await until(async () => (await entries()) === ITEMS, 'the entries');
  const other = withSources([delta], { region: '合肥市' }, 'other');
  const [key] = await store.redis.keys(keys.entry(store, '*'));
  const classified = JSON.parse((await store.redis.hget(key ?? '', 'x')) ?? '{}') as object;
  await store.redis.hset(key ?? '', 'x', JSON.stringify({ ...classified, nowhere: true }));
  state.setConfig(other);
  await scheduler.apply(other);
  await placedBy(other);
  expect(await inEdition('delta')).toBe(ITEMS - 1);
});
