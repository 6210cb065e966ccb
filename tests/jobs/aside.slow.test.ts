/** What would hold the program is set aside: a row in the ledger, seen from then on, and the rest goes its way. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import type { Config } from '../../src/model/config.ts';
import type { RawItem } from '../../src/model/feed.ts';
import { queryLedger } from '../../src/store/ledger/ledger.ts';
import { readTotals } from '../../src/store/ledger/figures.ts';
import type { Store } from '../../src/store/redis/keys.ts';
import { readSeen } from '../../src/store/sources/seen.ts';
import { readSourceState } from '../../src/store/sources/sources.ts';
import { readEntry } from '../../src/store/stories/stories.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { makeItem } from '../support/entries.ts';
import { startWorking } from '../support/working.ts';

let redis: TestRedis;
let store: Store;
let queues: Queues;
let workers: { stop(): Promise<void> };
let answer: RequestListener;
const server = createServer((request, response) => answer(request, response));

beforeAll(async () => {
  redis = await startRedis();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await redis.stop();
});
beforeEach(() => {
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
});
afterEach(async () => {
  await workers.stop();
  await closeQueues(queues);
});

function run(settings: Partial<Config['settings']['threads']>): void {
  const config = makeConfig({
    sources: [makeSource({ id: 's', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })],
  });
  const limited = { ...config.settings, threads: { count: 1, timeoutMs: 2_000, ...settings } };
  workers = startWorking({ ...config, settings: limited }, { connection: redis.connect(), store, queues });
}

const item = (id: string, content: string): RawItem =>
  makeItem({
    id,
    guid: id,
    title: `合肥地铁\u0007${id}号线 开通`,
    link: `https://news.example/${id}`,
    content,
    published: Date.UTC(2026, 10, 1),
  });

/** Takes most of a second to clean: each line has what the cleaner looks for. */
const HUGE = '<p>（记者 张三）2026年11月1日，工程进展顺利。</p>'.repeat(150_000);

async function ingest(items: readonly RawItem[]): Promise<void> {
  const hashed = items.map((one) => ({ item: one, hash: `hash of ${one.id}` }));
  await queues.ingest.add('s', { source: 's', feedTitle: '样报', baseUrl: 'https://news.example/', items: hashed });
  await until(async () => (await queues.ingest.getCompletedCount()) === 1, 'the ingest');
}

describe('an item that cannot be cleaned in time', () => {
  it('is dropped with its reason and seen from then on, and the others are taken', async () => {
    run({ timeoutMs: 100 });
    await ingest([item('1', '<p>通车。</p>'), item('2', HUGE), item('3', HUGE), item('4', '<p>建成。</p>')]);
    expect(await readTotals(store)).toMatchObject({ entries: 4, dropped: 2 });
    const { rows } = await queryLedger(store, { code: 'aside.', limit: 10 });
    expect(
      rows.map(({ entry, decision, rule, reason, title, editions }) => [
        entry,
        decision,
        rule,
        reason,
        title,
        editions,
      ]),
    ).toEqual(
      ['3', '2'].map((id) => [
        id,
        'dropped',
        'aside.item.time-limit',
        { code: 'aside.item.time-limit', params: { limit: 100 } },
        `合肥地铁 ${id}号线 开通`,
        [],
      ]),
    );
    const seen = await readSeen(store, 's', ['1', '2', '3', '4']);
    expect(seen.map(({ mark }) => mark)).toEqual(['1', '2', '3', '4'].map((id) => `hash of ${id}`));
    expect(await readEntry(store, '2')).toMatchObject({
      entry: { content: '', text: '', published: Date.UTC(2026, 10, 1) },
    });
  });

  it('is tried once, and the program goes on meanwhile', async () => {
    run({ timeoutMs: 100 });
    const job = await queues.ingest.add('s', {
      source: 's',
      feedTitle: null,
      baseUrl: 'https://news.example/',
      items: [{ item: item('1', HUGE), hash: 'a' }],
    });
    let turns = 0;
    await until(async () => {
      turns++;
      return job.isCompleted();
    }, 'the job');
    expect(turns).toBeGreaterThan(3);
    expect(await queues.ingest.getJob(job.id ?? '')).toMatchObject({ attemptsMade: 1 });
    expect((await queryLedger(store, { code: 'aside.', limit: 10 })).rows).toHaveLength(1);
  });
});

it('an item that the program fails on is set aside as such, with and without threads', async () => {
  run({ count: 0 });
  await ingest([item('1', '<p>通车。</p>'), { ...item('2', '<p>通车。</p>'), categories: null as never }]);
  expect(await readTotals(store)).toMatchObject({ entries: 2, dropped: 1 });
  const { rows } = await queryLedger(store, { code: 'aside.', limit: 10 });
  expect(rows.map(({ entry, rule }) => [entry, rule])).toEqual([['2', 'aside.item.defect']]);
});

it('of an article page that cannot be read in time the text of the feed is taken, without another try', async () => {
  const page = HUGE.slice(0, 300_000);
  answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  run({ timeoutMs: 10 });
  await queues.ingest.pause();
  const link = `http://127.0.0.1:${(server.address() as AddressInfo).port}/1`;
  const own = { ...item('1', '<p>通车。</p>'), link };
  const data = { source: 's', feedTitle: null, baseUrl: link, item: own, hash: 'a' };
  const job = await queues.fulltext.add('s', data, { attempts: 4 });
  await until(() => job.isCompleted(), 'the article');
  expect(await queues.fulltext.getJob(job.id ?? '')).toMatchObject({ attemptsMade: 1 });
  const [waiting] = await queues.ingest.getWaiting();
  expect(waiting?.data).toMatchObject({ items: [{ item: own }] });
});

it('a document that cannot be read in time is a failed poll with that reason, asked for again by back-off', async () => {
  const items = Array.from(
    { length: 5_000 },
    (_, i) => `<item><title>通车${i}</title><link>https://news.example/${i}</link></item>`,
  );
  answer = (_request, response) => {
    response.writeHead(200, { etag: '"1"', 'content-type': 'application/rss+xml' });
    response.end(`<rss version="2.0"><channel><title>样报</title>${items.join('')}</channel></rss>`);
  };
  run({ timeoutMs: 10 });
  await addPolls(queues, ['s'], 'asked');
  await until(async () => (await queues.poll.getFailedCount()) === 1, 'the poll');
  const state = await readSourceState(store, 's');
  expect(state).toMatchObject({ failures: 1, changed: false, validators: { etag: null } });
  expect(state.lastError).toMatchObject({ code: 'aside.document.time-limit' });
  expect(state.nextWhy).toMatchObject({ code: 'poll.back-off' });
});
