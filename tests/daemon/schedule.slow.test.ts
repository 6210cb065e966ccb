import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeQueues, openQueues, PLACE, type Queues } from '../../src/jobs/queues.ts';
import { createFirings } from '../../src/daemon/firings.ts';
import { type Scheduler, startScheduler } from '../../src/daemon/schedule.ts';
import type { Store } from '../../src/store/redis/keys.ts';
import { clearDue, readSourceState, setDue, takeDue } from '../../src/store/sources/sources.ts';
import { HOUR_MS } from '../../src/text/time.ts';
import { makeConfig, makeEdition, makeSource } from '../support/configs.ts';
import { until } from '../support/until.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let redis: TestRedis;
let store: Store;
let queues: Queues;
const running: Scheduler[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => {
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
});
afterEach(async () => {
  for (const scheduler of running.splice(0)) await scheduler.stop();
  await closeQueues(queues);
});

const start = () => {
  const scheduler = startScheduler({
    firings: createFirings(Date.now),
    store,
    queues,
    log: pino({ level: 'silent' }),
    now: Date.now,
    hourly: async () => undefined,
  });
  running.push(scheduler);
  return scheduler;
};
const asked = async () => (await queues.poll.getWaiting()).map((job) => job.data.source).sort();

describe('startScheduler', () => {
  it('asks for new `auto` sources at once, once, and not for cron sources before they fire', async () => {
    const scheduler = start();
    const sources = ['a', 'b'].map((id) => makeSource({ id, url: `http://${id}.example/` }));
    const yearly = makeSource({ id: 'c', url: 'http://c.example/', schedule: '0 0 1 1 *' });
    await scheduler.apply(makeConfig({ sources: [...sources, yearly] }));
    await until(async () => (await asked()).length > 0, 'polls');
    expect(await asked()).toEqual(['a', 'b']);
    // The sweep that finds a third one would find these two as well.
    const later = makeSource({ id: 'd', url: 'http://d.example/' });
    await scheduler.apply(makeConfig({ sources: [...sources, yearly, later] }));
    await until(async () => (await asked()).includes('d'), 'the next sweep');
    expect(await asked()).toEqual(['a', 'b', 'd']);
    expect((await readSourceState(store, 'c')).nextPollAt).toBeGreaterThan(Date.now());
  });

  it('has the sources of one host polled one after the other, without a worker that finds them too early', async () => {
    const scheduler = start();
    const sources = ['a', 'b', 'c'].map((id) => makeSource({ id, url: `http://one.example/${id}` }));
    const made = makeConfig({ sources: [...sources, makeSource({ id: 'd', url: 'http://other.example/' })] });
    const fetch = { ...made.settings.fetch, perHostIntervalMs: 60_000 };
    await scheduler.apply({ ...made, settings: { ...made.settings, fetch } });
    await until(async () => (await asked()).length === 2, 'polls of both hosts');
    const delayed = await queues.poll.getDelayed();
    expect(delayed.map(({ delay }) => Math.floor(delay / 60_000))).toEqual([1, 2]);
  });

  it('lets one of several schedulers through', async () => {
    const config = makeConfig({
      sources: Array.from({ length: 5 }, (_, i) =>
        makeSource({ id: `s${i}`, url: `http://s${i}.example/`, schedule: '* * * * * *' }),
      ),
    });
    for (const scheduler of [start(), start(), start()]) await scheduler.apply(config);
    await until(async () => (await asked()).length === 5, 'polls');
    // Two more firings of all schedulers, each known by one source whose poll is gone: those that wait are not asked again.
    for (let firing = 1; firing <= 2; firing++) {
      for (const job of await queues.poll.getWaiting()) if (job.data.source === 's0') await job.remove();
      await until(async () => (await asked()).includes('s0'), `firing ${firing}`);
      expect(await asked()).toEqual(['s0', 's1', 's2', 's3', 's4']);
    }
  });

  it('has a source polled once, however many schedulers find it due at the same time', async () => {
    const ids = Array.from({ length: 500 }, (_, i) => `s${i}`);
    const stores = [0, 1, 2].map((): Store => ({ redis: redis.connect(), prefix: store.prefix }));
    for (let round = 0; round < 10; round++) {
      const now = Date.now();
      await setDue(
        store,
        ids.map((id) => ({ id, at: now })),
        'replace',
      );
      const looks = [...stores, ...stores].map((one) => takeDue(one, { now, later: now + HOUR_MS, limit: 120 }));
      expect((await Promise.all(looks)).flat().toSorted()).toEqual(ids.toSorted());
    }
    await clearDue(store, ids);
  });

  it('forgets a source that left the config', async () => {
    const scheduler = start();
    const every = { schedule: '* * * * * *' };
    await scheduler.apply(makeConfig({ sources: [makeSource({ id: 'a', url: 'http://a.example/', ...every })] }));
    await until(async () => (await asked()).length === 1, 'the first poll');
    await queues.poll.drain();
    await scheduler.apply(makeConfig({ sources: [makeSource({ id: 'b', url: 'http://b.example/', ...every })] }));
    for (const firing of ['the first', 'the next']) {
      await until(async () => (await asked()).includes('b'), `${firing} poll of the other source`);
      expect(await asked()).toEqual(['b']);
      await queues.poll.drain();
    }
  });

  it('has stories placed anew when the editions change, and not otherwise', async () => {
    const scheduler = start();
    await scheduler.apply(makeConfig());
    await scheduler.apply(makeConfig());
    expect(await queues.ingest.getWaiting()).toEqual([]);
    await scheduler.apply(makeConfig({ editions: [makeEdition({ id: 'hefei', regions: ['合肥市'] })] }));
    const jobs = await queues.ingest.getWaiting();
    expect(jobs.map(({ name, data }) => [name, data])).toMatchObject([[PLACE, { editions: ['hefei'] }]]);
  });
});

describe('the next firing', () => {
  const firings = createFirings(Date.now);

  it('spreads the sources of one expression over its interval, each always at the same moment', () => {
    const times = Array.from({ length: 200 }, (_, i) => firings.next('*/10 * * * *', `s${i}`) ?? 0);
    const first = Math.min(...times);
    expect(Math.max(...times) - first).toBeGreaterThan(8 * 60_000);
    expect(Math.max(...times) - first).toBeLessThan(10 * 60_000);
    const sixth = times.filter((time) => time - first < 100_000).length;
    expect(sixth).toBeGreaterThan(15);
    expect(sixth).toBeLessThan(55);
  });

  it('has no time for a day that never comes', () => {
    expect(firings.next('0 0 30 2 *', 'x')).toBeNull();
  });

  it('keeps a yearly source within a quarter of an hour of its time', () => {
    const at = new Date(firings.next('0 8 1 1 *', 'x') ?? 0);
    expect(at.getUTCHours()).toBe(0); // 08:00 in Shanghai
    expect(at.getUTCMinutes()).toBeLessThan(15);
  });
});
