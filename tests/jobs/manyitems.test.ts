/** A job of many items leaves most of the time to others, where there are some; one of few takes none for that. */
import { performance } from 'node:perf_hooks';
import type { Job } from 'bullmq';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runIngest } from '../../src/jobs/ingest.ts';
import type { IngestJob } from '../../src/jobs/queues.ts';
import type { Threads } from '../../src/threads/pool.ts';
import { makeConfig, makeEdition, makeSource } from '../support/configs.ts';
import { makeItem } from '../support/entries.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { threadless } from '../support/threadless.ts';

const NOW = Date.parse('2026-06-01T12:00:00+08:00');

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

/** For each millisecond that a job of so many items works, how many it rests between its batches. */
async function restOf(count: number, isAlone: boolean): Promise<number> {
  const config = makeConfig({
    sources: [makeSource({ id: 'one', url: 'https://one.example/' })],
    editions: [makeEdition({ id: 'anhui', regions: ['安徽省'] })],
  });
  const items = Array.from({ length: count }, (_, n) => {
    const title = `合肥市第${n}所学校的新教学楼交付使用`;
    return {
      item: makeItem({ id: `${count} ${isAlone} ${n}`, title, content: `<p>${title}。</p>`, published: NOW }),
      hash: title,
    };
  });
  const editing = threadless(config);
  const began: number[] = [];
  const noted: number[] = [];
  const threads: Threads = {
    ...editing,
    run: (...task) => {
      began.push(performance.now());
      return editing.run(...task);
    },
  };
  const passed = { note: () => void noted.push(performance.now()) };
  const job = { data: { source: 'one', feedTitle: null, baseUrl: 'https://one.example/', items } };
  await runIngest(
    {
      store: redis.store(),
      config: () => config,
      threads,
      log: pino({ level: 'silent' }),
      now: () => NOW,
      passed,
      isAlone: () => isAlone,
    },
    { ...job, updateProgress: async () => undefined } as unknown as Job<IngestJob>,
  );
  // Before and after each batch is written.
  const ended = noted.filter((_, i) => i % 2 === 1);
  const [lastBegan = 0, lastEnded = 0] = [began.at(-1), ended.at(-1)];
  expect(performance.now() - lastEnded, 'what comes after the last batch').toBeLessThan(lastEnded - lastBegan);
  const worked = ended.reduce((sum, end, i) => sum + end - (began[i] ?? end), 0);
  const rested = began.slice(1).reduce((sum, begin, i) => sum + begin - (ended[i] ?? begin), 0);
  return rested / worked;
}

test('many items leave two thirds of the time to others', async () => {
  expect(await restOf(120, false)).toBeGreaterThan(1);
});

test('many items are done without a rest where no other job is in hand', async () => {
  expect(await restOf(120, true)).toBeLessThan(0.7);
});

test('few items are done without a rest', async () => {
  expect(await restOf(60, false)).toBeLessThan(0.7);
});
