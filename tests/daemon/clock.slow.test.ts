import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launch } from '../../src/cli/commands/start.ts';
import { clockLook } from '../../src/daemon/clockwatch.ts';
import { createFirings } from '../../src/daemon/firings.ts';
import { type Scheduler, startScheduler } from '../../src/daemon/schedule.ts';
import { closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { takeLock } from '../../src/store/redis/mutex.ts';
import { noteClock } from '../../src/store/sources/clockback.ts';
import { restHost, takeTurn } from '../../src/store/sources/pace.ts';
import { dueSources, readSourceState, recordNextPolls, recordPoll, setDue } from '../../src/store/sources/sources.ts';
import { emptyState } from '../../src/store/sources/state.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

let redis: TestRedis;
let store: Store;
let queues: Queues;
let scheduler: Scheduler | null = null;

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 5, 1, 4);

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => {
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
});
afterEach(async () => {
  await scheduler?.stop();
  scheduler = null;
  await closeQueues(queues);
});

function plan(now: () => number, monotonic?: () => number): Scheduler {
  scheduler = startScheduler({
    firings: createFirings(now),
    store,
    queues,
    log: pino({ level: 'silent' }),
    now,
    ...(monotonic === undefined ? {} : { monotonic }),
    hourly: async () => undefined,
  });
  return scheduler;
}

it('notices that the clock was set, and not that it is corrected', () => {
  let [now, monotonic] = [NOW, 0];
  const look = clockLook({ now: () => now, monotonic: () => monotonic });
  const pass = (byClock: number, real: number) => {
    now += byClock;
    monotonic += real;
    return look();
  };
  expect(pass(1_000, 1_000)).toBe(0);
  expect(pass(90_000, 90_000)).toBe(0);
  expect(pass(3_000, 1_000)).toBe(0);
  expect(pass(-8 * HOUR_MS, 1_000)).toBe(-8 * HOUR_MS - 1_000);
  expect(pass(1_000, 1_000)).toBe(0);
  expect(pass(24 * HOUR_MS, 1_000)).toBe(24 * HOUR_MS - 1_000);
});

it.each([8 * HOUR_MS, 24 * HOUR_MS])(
  'has what is due come earlier where the clock was set back by %i ms',
  async (back) => {
    await noteClock(store, 'here', NOW);
    await setDue(
      store,
      [
        { id: 'a', at: NOW + 600_000 },
        { id: 'b', at: NOW - 1 },
      ],
      'replace',
    );
    expect(await noteClock(store, 'there', NOW - back)).toBe(0);
    expect(await noteClock(store, 'here', NOW - back)).toBe(back);
    expect(await noteClock(store, 'here', NOW - back)).toBe(0);
    expect(await dueSources(store, NOW - back, 9)).toEqual(['b']);
    expect((await dueSources(store, NOW - back + 600_000, 9)).sort()).toEqual(['a', 'b']);
  },
);

it.each([8 * HOUR_MS, 24 * HOUR_MS])('asks a host again whose turns lie ahead by %i ms', async (back) => {
  const at = (now: number, lease: string) =>
    takeTurn(store, 'news.example', lease, { now, concurrency: 1, intervalMs: 1_000 });
  expect((await at(NOW, 'a')).kind).toBe('start');
  expect((await at(NOW, 'b')).kind).toBe('wait');
  expect((await at(NOW - back, 'c')).kind).toBe('start');
  await restHost(store, 'other.example', NOW + HOUR_MS, NOW);
  const other = await takeTurn(store, 'other.example', 'd', { now: NOW - back, concurrency: 1, intervalMs: 0 });
  expect(other.kind).toBe('start');
});

it('takes a lock over one that outlasts any', async () => {
  await store.redis.set(keys.lock(store, 'sweep'), '1', 'PX', 8 * HOUR_MS);
  expect(await takeLock(store, 'sweep', 1_000)).toBe(true);
  expect(await takeLock(store, 'sweep', 1_000)).toBe(false);
});

it('polls on after the clock was set back under a running scheduler, and jobs that wait run', async () => {
  let shift = 8 * HOUR_MS;
  const began = performance.now();
  const now = () => Date.now() + shift;
  const one = plan(now, () => performance.now() - began);
  await queues.poll.add('x', { source: 'x', why: 'schedule' }, { delay: 8 * HOUR_MS, deduplication: { id: 'x' } });
  await one.apply(makeConfig({ sources: [makeSource({ id: 'a', url: 'http://a.example/' })] }));
  await until(async () => (await queues.poll.getWaiting()).some(({ name }) => name === 'a'), 'the first poll');
  await queues.poll.drain();
  await setDue(store, [{ id: 'a', at: now() + 60_000 }], 'replace');
  await noteClock(store, 'another', now());
  shift = 0;
  await until(async () => (await queues.poll.getWaiting()).some(({ name }) => name === 'x'), 'the job that waited');
  // Not in eight hours: it is due within the minute, or asked for already.
  const asked = (await queues.poll.getWaiting()).filter(({ name }) => name === 'a').map(({ name }) => name);
  expect([...asked, ...(await dueSources(store, Date.now() + 61_000, 9))]).toContain('a');
});

it('makes up for a firing that was missed while no scheduler ran, once', async () => {
  const yearly = makeSource({ id: 'a', url: 'http://a.example/', schedule: '0 0 1 1 *' });
  const other = makeSource({ id: 'b', url: 'http://b.example/', schedule: '0 0 1 1 *' });
  const why = { code: 'poll.schedule', params: { expression: '0 0 1 1 *' } };
  const missed = Date.now() - HOUR_MS;
  await recordNextPolls(store, [
    { id: 'a', at: missed, why },
    { id: 'b', at: missed, why },
  ]);
  const record = {
    at: Date.now(),
    outcome: 'unmodified',
    status: 304,
    bytes: null,
    elapsedMs: 1,
    items: null,
    fresh: 0,
    newestAt: null,
    format: null,
    charset: null,
    repairs: [],
    error: null,
  } as const;
  await recordPoll(store, { ...emptyState('b'), nextPollAt: missed, lastPollAt: Date.now() }, record);
  const config = makeConfig({ sources: [yearly, other] });
  await plan(Date.now).apply(config);
  expect(await dueSources(store, Date.now() + HOUR_MS, 9)).toEqual(['a']);
  expect((await readSourceState(store, 'b')).nextPollAt).toBeGreaterThan(Date.now());
});

it('reckons in Beijing time, whatever zone the machine is in', async () => {
  const before = process.env['TZ'];
  process.env['TZ'] = 'America/New_York';
  // In the hour that comes twice, a moment without its milliseconds is an hour earlier (ECMA-262, LocalTime).
  const isWhole = () => new Date(Date.UTC(2026, 10, 1, 6, 35)).setMilliseconds(0) === Date.UTC(2026, 10, 1, 6, 35);
  const wasWhole = isWhole();
  const options = { configFolder: '/nowhere', env: {}, roles: [], version: '0', log: pino({ level: 'silent' }) };
  await launch(options).catch(() => undefined);
  const isWholeNow = isWhole();
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
  expect([wasWhole, isWholeNow]).toEqual([false, true]);
});
