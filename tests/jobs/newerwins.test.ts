import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { addPolls, addReceipt, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import type { Source } from '../../src/model/source.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { dueSources } from '../../src/store/sources/sources.ts';
import { readEdition } from '../../src/store/stories/stories.ts';
import { keepBody, startFollowing } from '../../src/store/websub/followings.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { startWorking, type Working } from '../support/working.ts';

let redis: TestRedis;
let store: Store;
let queues: Queues;
let workers: Working;
let base = '';
/** What the source's document says now: id → title. */
let says: ReadonlyMap<string, string>;
/** Paths of pages that do not come. */
let missing: Set<string>;

const TEXT = '<p>合肥市今天公布一批城市更新项目，涉及老旧小区、公园和道路，计划年内全部开工建设，工程分三期实施。</p>';
const feedOf = (titles: ReadonlyMap<string, string>) =>
  `<rss version="2.0"><channel><title>样报</title>${[...titles]
    .map(
      ([id, title]) =>
        `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>${base}/${encodeURIComponent(title)}</link></item>`,
    )
    .join('')}</channel></rss>`;
const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url ?? '');
  if (path === '/feed') response.setHeader('content-type', 'application/rss+xml').end(feedOf(says));
  else if (missing.has(path.slice(1))) response.writeHead(404).end();
  else
    response.setHeader('content-type', 'text/html; charset=utf-8').end(`<html><body>${TEXT.repeat(4)}</body></html>`);
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
  missing = new Set();
});
afterEach(async () => {
  await workers.stop();
  await closeQueues(queues);
});

function start(over: Partial<Source>): void {
  const source = makeSource({ id: 'a', url: `${base}/feed`, ...over });
  const config = makeConfig({ sources: [source], fetch: { perHostIntervalMs: 0 } });
  workers = startWorking(config, { connection: redis.connect(), store, queues });
}

async function pollSaying(title: string): Promise<void> {
  says = new Map([['1', title]]);
  const before = await queues.poll.getCompletedCount();
  await addPolls(queues, ['a'], 'asked');
  await until(async () => (await queues.poll.getCompletedCount()) > before, 'the poll');
}

const titles = async () =>
  (await readEdition(store, 'delta', { offset: 0, limit: 9, since: null })).map(({ lead }) => lead.title);
const hasTitle = (title: string) => until(async () => (await titles()).join() === title, title);
const waitingPages = () => queues.fulltext.getDelayed();
/** Lets the pages that did not come be asked for until their jobs are done. */
async function finishPages(): Promise<void> {
  await until(async () => {
    for (const job of await waitingPages()) await job.promote().catch(() => undefined);
    const counts = await queues.fulltext.getJobCounts('waiting', 'prioritized', 'active', 'delayed');
    const ingests = await queues.ingest.getJobCounts('waiting', 'active', 'delayed');
    return [...Object.values(counts), ...Object.values(ingests)].every((count) => count === 0);
  }, 'the pages');
}

it('keeps a correction over the full text of what was said before', async () => {
  missing.add('合肥公布十项工程');
  start({ fullText: true });
  await pollSaying('合肥公布十项工程');
  await until(async () => (await waitingPages()).length === 1, 'the page to wait');
  await pollSaying('合肥公布十二项工程');
  await hasTitle('合肥公布十二项工程');
  await finishPages();
  expect(await titles()).toEqual(['合肥公布十二项工程']);
});

it('keeps what was taken back over a change whose full text waits', async () => {
  start({ fullText: true });
  await pollSaying('合肥公布十项工程');
  await hasTitle('合肥公布十项工程');
  missing.add('合肥公布十二项工程');
  await pollSaying('合肥公布十二项工程');
  await until(async () => (await waitingPages()).length === 1, 'the page to wait');
  await pollSaying('合肥公布十项工程');
  await finishPages();
  expect(await titles()).toEqual(['合肥公布十项工程']);
});

it('comes to what was said last, whichever of three versions is done first', async () => {
  missing.add('合肥公布十项工程').add('合肥公布十二项工程');
  start({ fullText: true });
  await pollSaying('合肥公布十项工程');
  await pollSaying('合肥公布十二项工程');
  await pollSaying('合肥公布十项工程');
  await until(async () => (await waitingPages()).length === 2, 'both pages to wait');
  missing.clear();
  const first = (await waitingPages()).find((job) => job.data.item.title === '合肥公布十项工程');
  await first?.promote();
  await hasTitle('合肥公布十项工程');
  await finishPages();
  expect(await titles()).toEqual(['合肥公布十项工程']);
  expect(await store.redis.hlen(keys.offered(store, 'a'))).toBe(0);
});

it('takes of a pushed document what is new, and asks again, where a poll overtook it', async () => {
  start({});
  await pollSaying('合肥公布十项工程');
  await hasTitle('合肥公布十项工程');
  const wish = { source: 'a', hub: 'https://hub.example/', topic: `${base}/feed`, callback: 'https://me.example/x' };
  await startFollowing(store, { ...wish, address: `${base}/feed`, documentUrl: `${base}/feed` }, Date.now());
  const pushed = new Map([
    ['1', '合肥公布十一项工程'],
    ['2', '芜湖港集装箱吞吐量创新高'],
  ]);
  const body = Buffer.from(feedOf(pushed));
  await keepBody(store, 'a', { contentType: 'application/rss+xml', body });
  await pollSaying('合肥公布十二项工程');
  await hasTitle('合肥公布十二项工程');
  await addReceipt(queues, 'a');
  await until(async () => (await titles()).length === 2, 'the new item');
  await finishPages();
  expect((await titles()).sort()).toEqual(['合肥公布十二项工程', '芜湖港集装箱吞吐量创新高'].sort());
  expect(await dueSources(store, Date.now(), 9)).toEqual(['a']);
});
