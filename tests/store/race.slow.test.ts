import { afterAll, beforeAll, expect, it } from 'vitest';
import { COPIES } from '../../bench/news.ts';
import { inspectRace, runRace } from '../../bench/race.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

it(
  'makes one whole story of the copies that processes commit at once, one of them killed',
  { timeout: 120_000 },
  async () => {
    const store = redis.store();
    const stories = 60;
    const { killed } = await runRace({
      store,
      socket: redis.socket,
      stories,
      processes: 2,
      workers: 2,
      kill: { afterCopies: 60 },
      seed: 7,
      progress: () => undefined,
    });
    expect(killed).toBe(1);
    expect(await inspectRace(store, stories)).toMatchObject({ stories, entries: stories * COPIES, faults: [] });
  },
);
