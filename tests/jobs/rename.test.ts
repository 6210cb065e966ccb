/** A source with a new id keeps its history: nothing is told twice, nothing is lost, and all is found under the new id. */
import { createServer } from 'node:http';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { carryRenamed } from '../../src/daemon/upkeep.ts';
import { createStandings } from '../../src/daemon/standings.ts';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import type { Config } from '../../src/model/config.ts';
import { idsOf } from '../../src/sources/configured.ts';
import { readFigures, readTotals } from '../../src/store/ledger/figures.ts';
import { queryLedger } from '../../src/store/ledger/ledger.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { noteSpam, readSpam } from '../../src/store/sources/habits.ts';
import { carryOver } from '../../src/store/sources/carryover.ts';
import { readSourceState } from '../../src/store/sources/sources.ts';
import { readEdition, readEntry } from '../../src/store/stories/stories.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { startWorking, type Working } from '../support/working.ts';

const HOUR_MS = 3_600_000;
const NEWS = ['合肥地铁新线开通', '芜湖长江大桥检修', '巢湖水位回落', '黄山景区恢复开放'];
const LOG = pino({ level: 'silent' });

let redis: TestRedis;
let store: Store;
let queues: Queues;
let workers: Working;
let base = '';
let told = 3;
/** Answers that brought a document, and those that said it was the same. */
let answers: number[] = [];

const server = createServer((request, response) => {
  const items = NEWS.slice(0, told).map(
    (title, i) =>
      `<item><guid isPermaLink="false">${i}</guid><title>${title}</title><link>${base}/${i}</link><description>安徽${title}，市民可以放心出行。</description></item>`,
  );
  const etag = `"${told}"`;
  const same = request.headers['if-none-match'] === etag;
  answers.push(same ? 304 : 200);
  if (same) response.writeHead(304).end();
  else
    response
      .writeHead(200, { 'content-type': 'application/rss+xml', etag })
      .end(`<rss version="2.0"><channel><title>样报</title>${items.join('')}</channel></rss>`);
});

beforeAll(async () => {
  redis = await startRedis();
  base = await listenOnLoopback(server);
});
afterAll(async () => {
  await endServer(server);
  await redis.stop();
});
beforeEach(async () => {
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
  told = 3;
  answers = [];
  workers = startWorking(configOf('before', []), { connection: redis.connect(), store, queues });
  await poll('before', 3);
});
afterEach(async () => {
  await workers.stop();
  await closeQueues(queues);
});

function configOf(id: string, formerly: readonly string[]): Config {
  const source = makeSource({ id, formerly, name: '样报', url: `${base}/feed` });
  return makeConfig({ sources: [source], fetch: { perHostIntervalMs: 0 } });
}

async function poll(id: string, entries: number): Promise<void> {
  const before = await queues.poll.getCompletedCount();
  await addPolls(queues, [id], 'asked');
  await until(async () => (await queues.poll.getCompletedCount()) > before, 'the poll');
  await until(async () => (await readTotals(store)).entries === entries, `${entries} entries`);
  await until(async () => (await queues.ingest.getJobCountByTypes('waiting', 'active')) === 0, 'ingest');
}

async function rename(id: string, formerly: readonly string[], now = Date.now()): Promise<Config> {
  const config = configOf(id, formerly);
  await carryRenamed(store, config, LOG, now);
  workers.state.setConfig(config);
  return config;
}

const ids = async () => (await store.redis.zrange(keys.entries(store), '0', '-1')).sort();
const published = async () =>
  (await readEdition(store, 'delta', { offset: 0, limit: 9, since: null })).map(({ story, lead }) => ({
    id: story.id,
    updatedAt: story.updatedAt,
    title: lead.title,
  }));
const keysOf = async (id: string) =>
  (await store.redis.keys(`${store.prefix}*:${id}`)).map((key) => key.slice(store.prefix.length));

test('goes on where it was: the same document brings nothing, a new item is one new entry', async () => {
  const before = { ids: await ids(), published: await published(), totals: await readTotals(store) };
  await rename('after', ['before']);
  await poll('after', 3);
  expect(answers).toEqual([200, 304]);
  told = 4;
  await poll('after', 4);
  expect(await ids()).toEqual(expect.arrayContaining(before.ids));
  expect((await published()).slice(-3)).toEqual(before.published);
  expect(await readTotals(store)).toEqual({ ...before.totals, entries: 4, stories: 4, kept: before.totals.kept + 1 });
});

test('even before anything was carried over, no entry is made anew', async () => {
  const before = { ids: await ids(), published: await published() };
  workers.state.setConfig(configOf('after', ['before']));
  await poll('after', 3);
  expect(answers).toEqual([200, 200]);
  await rename('after', ['before']);
  expect(await ids()).toEqual(before.ids);
  expect(await published()).toEqual(before.published);
  expect(await keysOf('before')).toEqual([]);
});

test('takes along state, polls, figures, what was seen, and leaves nothing under the old id', async () => {
  await noteSpam(store, 'before', [true, false]);
  const { id: _, ...state } = await readSourceState(store, 'before');
  const seen = await store.redis.hgetall(keys.seen(store, 'before'));
  const figures = (await readFigures(store, Date.now(), 7)).get('before');
  expect([state.polls.length, Object.keys(seen).length, figures?.at(-1)?.polls]).toEqual([1, 3, 1]);
  await rename('after', ['before']);
  expect(await readSourceState(store, 'after')).toMatchObject(state);
  expect(await store.redis.hgetall(keys.seen(store, 'after'))).toEqual(seen);
  const carried = await readFigures(store, Date.now(), 7);
  expect(carried.get('after')).toEqual(figures);
  expect([...carried.keys(), ...(await readSpam(store)).keys()]).toEqual(['after', 'after']);
  expect(await keysOf('before')).toEqual([]);
});

test('its entries and copies are of the new id, with what the publisher said; ledger and `why` find them', async () => {
  const [id = ''] = await ids();
  const was = await readEntry(store, id);
  const config = await rename('after', ['before']);
  const entry = await readEntry(store, id);
  expect(entry).toEqual({ ...was, entry: { ...was?.entry, source: 'after' } });
  expect(entry?.raw?.item.title).toBe(was?.raw?.item.title);
  const { rows } = await queryLedger(store, { sources: idsOf(config, 'after'), limit: 9 });
  expect(rows.map(({ source }) => source)).toEqual(['before', 'before', 'before']);
  const standings = createStandings({ store, config: () => config, now: Date.now });
  expect(await standings.of(id)).toMatchObject({ source: 'after', in: [{ edition: 'delta' }] });
});

test('what jobs brought late under the old id comes along, and a third id has all of it', async () => {
  const now = Date.now();
  await rename('after', ['before'], now);
  await store.redis.hset(keys.entry(store, (await ids())[0] ?? ''), 'o', 'before');
  const again = [makeSource({ id: 'after', formerly: ['before'], url: base })];
  expect(await carryOver(store, again, ASSEMBLER, now + HOUR_MS)).toBe(1);
  await store.redis.hset(keys.source(store, 'before'), 'title', 'x');
  expect(await carryOver(store, again, ASSEMBLER, now + 2 * HOUR_MS)).toBe(0);
  expect(await keysOf('before')).toEqual(['source:before']);
  await rename('third', ['before', 'after'], now);
  await poll('third', 3);
  expect(await keysOf('after')).toEqual([]);
  expect(answers.at(-1)).toBe(304);
});

test('a source that takes its id back goes on as well', async () => {
  await rename('after', ['before']);
  await rename('before', ['before', 'after']);
  told = 4;
  await poll('before', 4);
  await rename('after', ['before']);
  told = 3;
  await poll('after', 4);
  expect(await keysOf('before')).toEqual([]);
});
