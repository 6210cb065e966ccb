/** Holds that ingest counts what its stages take, once a batch, and that the metrics tell it. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import { readStages } from '../../src/store/ledger/stagetimes.ts';
import type { Store } from '../../src/store/redis/keys.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { startWorking, type Working } from '../support/working.ts';
import { startWeb } from '../web/seed.ts';

/** Two batches of twenty items at most. */
const ITEMS = 25;
let redis: TestRedis;
let store: Store;
let queues: Queues;
let workers: Working;
const server = createServer((_request, response) => {
  const items = Array.from(
    { length: ITEMS },
    (_, i) => `<item><guid>${i}</guid><title>合肥第${i}条公交线路开通</title></item>`,
  );
  response
    .setHeader('content-type', 'application/rss+xml')
    .end(`<rss version="2.0"><channel>${items.join('')}</channel></rss>`);
});

beforeAll(async () => {
  redis = await startRedis();
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
  const url = `${await listenOnLoopback(server)}/feed`;
  const config = makeConfig({ sources: [makeSource({ id: 'a', url })], fetch: { perHostIntervalMs: 0 } });
  workers = startWorking(config, { connection: redis.connect(), store, queues });
});
afterAll(async () => {
  await workers.stop();
  await closeQueues(queues);
  await endServer(server);
  await redis.stop();
});

it('counts batches and their time by stage, and nothing where nothing came', async () => {
  expect(await readStages(store)).toEqual(['edit', 'commit'].map((stage) => ({ stage, ms: 0, runs: 0 })));
  await addPolls(queues, ['a'], 'asked');
  await until(async () => (await readStages(store)).every(({ runs }) => runs === 2), 'both batches');
  for (const { ms } of await readStages(store)) expect(ms).toBeGreaterThan(0);
  const web = await startWeb(redis, { store });
  const metrics = await (await web.get('/metrics')).text();
  await web.close();
  expect(metrics).toContain('deltawire_stage_runs_total{stage="commit"} 2');
  expect(metrics).toMatch(
    /deltawire_stage_seconds_total\{stage="edit"\} 0\.\d+|deltawire_stage_seconds_total\{stage="edit"\} \d/,
  );
});
