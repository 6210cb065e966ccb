/** Fifty articles of two new lists on one host: each once, one at a time, in the host's pace. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { count, dayOf, frame, headline, list } from '../feed/listpage/samplesite.ts';
import { makeConfig, makeEdition, makeSource } from '../support/configs.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { startWorking, type Working } from '../support/working.ts';

const INTERVAL_MS = 60;
const EACH = 25;

let redis: TestRedis;
let store: Store;
let queues: Queues;
let workers: Working;
const asked: { readonly path: string; readonly at: number }[] = [];
let [open, mostOpen] = [0, 0];
const server = createServer((request, response) => {
  const path = request.url ?? '';
  asked.push({ path, at: performance.now() });
  mostOpen = Math.max(mostOpen, ++open);
  const [, site = 'a', n] = /^\/(\w)\/(?:\d{3}(\d\d))?/.exec(path) ?? [];
  const from = site === 'a' ? 0 : EACH;
  const href = (at: number): string => `/${site}/480${String(at).padStart(2, '0')}.html`;
  const row = (at: number): string =>
    `<li><a href="${href(at)}">${headline(from + at)}</a><span>${dayOf(at)}</span></li>`;
  const body =
    n === undefined
      ? frame(list(EACH, row))
      : frame(`<h1>${headline(from + Number(n))}</h1><p>${headline(from + Number(n))}，第${path}篇。</p>`);
  response.once('close', () => open--);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
});

beforeAll(async () => {
  redis = await startRedis();
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
  const base = await listenOnLoopback(server);
  const sources = ['a', 'b'].map((id) => makeSource({ id, url: `${base}/${id}/`, kind: 'page', fullText: true }));
  const fetch = { perHostConcurrency: 1, perHostIntervalMs: INTERVAL_MS };
  const config = makeConfig({ sources, editions: [makeEdition({ id: 'all' })], fetch });
  const now = (): number => Date.parse('2026-11-27T12:00:00+08:00') + performance.now();
  workers = startWorking(config, { connection: redis.connect(), store, queues, now });
});
afterAll(async () => {
  await workers.stop();
  await closeQueues(queues);
  await endServer(server);
  await redis.stop();
});

test('are asked once each, one at a time, and never faster than the host’s pace', async () => {
  await addPolls(queues, ['a', 'b'], 'asked');
  await until(async () => (await store.redis.zcard(keys.entries(store))) === 2 * EACH, 'all entries', 60_000);
  expect(asked).toHaveLength(2 + 2 * EACH);
  expect(new Set(asked.map(({ path }) => path)).size).toBe(2 + 2 * EACH);
  expect(mostOpen).toBe(1);
  const starts = asked.map(({ at }) => at);
  // No start comes early; a late one moves its successors, so that a stretch is as slow as its starts are many.
  const spans = count(starts.length - 10).map((at) => (starts[at + 10] ?? 0) - (starts[at] ?? 0));
  expect(Math.min(...spans)).toBeGreaterThan(9 * INTERVAL_MS);
});
