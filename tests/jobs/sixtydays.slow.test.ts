/**
 * Polls misbehaving publishers for weeks of a clock of its own, as the scheduler would, and holds that readers see every
 * article once, and a change only where there was one. SOAK_DAYS=60 SOAK_SOURCES=50 for the long run, which prints figures.
 */
import { createServer } from 'node:http';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepUp } from '../../src/daemon/upkeep.ts';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import type { Store } from '../../src/store/redis/keys.ts';
import { dueSources, setDue } from '../../src/store/sources/sources.ts';
import { readEdition } from '../../src/store/stories/stories.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/text/time.ts';
import { makeConfig, makeEdition, makeSource } from '../support/configs.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { startWorking } from '../support/working.ts';
import { CORRECTED, makePublisher } from './misbehaving.ts';
import { rss } from './feedwriting.ts';
import { PINNED, WAYS } from './ways.ts';

const DAYS = Number(process.env['SOAK_DAYS'] ?? 3);
const SOURCES = Number(process.env['SOAK_SOURCES'] ?? WAYS.length);
const START = Date.UTC(2026, 8, 1, 1);
const STEP_MS = 15 * MINUTE_MS;
/** An article counts once a poll could have seen it. */
const LAST_SEEN_MS = DAY_MS;
const KEPT_DAYS = 14;

const publishers = Array.from({ length: SOURCES }, (_, i) => {
  const way = WAYS[i % WAYS.length];
  if (way === undefined) throw new Error('no way');
  return makePublisher(`s${i}`, way, START, DAYS);
});
const byId = new Map(publishers.map((publisher) => [publisher.id, publisher]));

let now = START;
let base = '';
let polls = 0;
const pages = new Map<string, number>();
const server = createServer((request, response) => {
  const [, kind = '', id = '', n = ''] = (request.url ?? '').split('/');
  const publisher = byId.get(id);
  if (kind === 'page') {
    const key = `${id} ${n.replace(/\?.*/, '')}`;
    pages.set(key, (pages.get(key) ?? 0) + 1);
    const body = publisher?.page(Number.parseInt(n, 10), `${base}${request.url ?? ''}`, now);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
    return;
  }
  polls++;
  const etag = request.headers['if-none-match'];
  const asked = { now, base, elsewhere: base.replace('127.0.0.1', 'localhost'), etag };
  const { status = 200, type = 'text/xml', headers = {}, body } = publisher?.answer(asked) ?? { body: OTHER_SITE };
  const declared = type.includes('charset') ? type : `${type}; charset=utf-8`;
  response.writeHead(status, { 'content-type': declared, ...headers }).end(body);
});

const OTHER_SITE = rss(
  [0, 1, 2, 3].map((n) => ({
    title: `娱乐城推荐第${n}弹`,
    link: `https://x.example/${n}`,
    guid: `x${n}`,
    text: '',
    date: null,
  })),
);

let redis: TestRedis;
let store: Store;
let queues: Queues;

beforeAll(async () => {
  redis = await startRedis();
  base = await listenOnLoopback(server);
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
});
afterAll(async () => {
  await closeQueues(queues);
  await endServer(server);
  await redis.stop();
});

const config = () => {
  const made = makeConfig({
    sources: publishers.map(({ id, way }) =>
      makeSource({
        id,
        url: `${base}/feed/${id}`,
        kind: way.select === undefined ? 'auto' : 'page',
        select: way.select ?? null,
        fullText: way.fullText ?? false,
      }),
    ),
    editions: [makeEdition({ id: 'all', regions: [] })],
  });
  const retention = { ...made.settings.retention, entriesDays: KEPT_DAYS, ledgerDays: KEPT_DAYS };
  return { ...made, settings: { ...made.settings, retention } };
};

async function idle(): Promise<void> {
  for (const queue of [queues.poll, queues.fulltext, queues.ingest])
    await until(
      async () =>
        Object.values(await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed')).every((n) => n === 0),
      'the jobs',
      10 * MINUTE_MS,
    );
}

/** What readers have seen under a title: entry → moments at which it was updated, and its dates. */
interface Told {
  readonly updates: Map<string, Set<number>>;
  readonly dates: Set<number>;
  copies: number;
  text: string;
}

async function look(seen: Map<string, Told>): Promise<number> {
  const rows = await readEdition(store, 'all', { offset: 0, limit: 100_000, since: null });
  for (const { story, lead } of rows) {
    const title = lead.title.replace(/（阅读.*/, '');
    const told = seen.get(title) ?? { updates: new Map(), dates: new Set(), copies: 0, text: '' };
    seen.set(title, told);
    told.updates.set(story.id, (told.updates.get(story.id) ?? new Set()).add(story.updatedAt));
    told.dates.add(story.orderAt);
    told.text = lead.text;
    told.copies = Math.max(told.copies, story.copies.length);
  }
  return rows.length;
}

/** Of all entries and stories. What finished jobs leave ends by the machine's clock, which does not run ahead. */
async function bytesKept(): Promise<number> {
  let sum = 0;
  for (const kind of ['entry', 'story']) {
    const names = await store.redis.keys(`${store.prefix}${kind}:*`);
    const pipeline = store.redis.pipeline();
    for (const name of names) pipeline.memory('USAGE', name);
    for (const [, bytes] of (await pipeline.exec()) ?? []) sum += Number(bytes);
  }
  return sum;
}

it(
  `shows every article once for ${DAYS} days of ${SOURCES} publishers`,
  async () => {
    const inForce = config();
    const workers = startWorking(inForce, { connection: redis.connect(), store, queues, now: () => now });
    const seen = new Map<string, Told>();
    /** Of the store, for each story, at the end of each day. */
    const bytes: number[] = [];
    await setDue(
      store,
      publishers.map(({ id }) => ({ id, at: START })),
      'replace',
    );
    const end = START + DAYS * DAY_MS;
    for (; now < end; now += STEP_MS) {
      const due = await dueSources(store, now, SOURCES);
      if (due.length > 0) {
        await setDue(
          store,
          due.map((id) => ({ id, at: now + HOUR_MS })),
          'replace',
        );
        await addPolls(queues, due, 'schedule');
        await idle();
      }
      if ((now - START) % HOUR_MS !== HOUR_MS - STEP_MS) continue;
      const stories = await look(seen);
      if ((now - START) % DAY_MS !== DAY_MS - STEP_MS) continue;
      await keepUp(store, inForce, pino({ level: 'silent' }), now);
      const day = bytes.push((await bytesKept()) / stories);
      if (DAYS > 10 && day % 5 === 0)
        console.log(`day ${day}: ${polls} polls, ${stories} stories, ${Math.round(bytes.at(-1) ?? 0)} bytes a story`);
    }
    await workers.stop();

    const expected = publishers.flatMap(({ way, articles }) => {
      const first = articles.filter(({ at }) => at <= START).length - (way.shown ?? 10);
      return articles.filter(({ at, n }) => n >= first && at < end - LAST_SEEN_MS);
    });
    const wrong = expected.flatMap((article) => {
      const told = seen.get(article.title);
      const { name, moves } = byId.get(article.publisher)?.way ?? { name: '' };
      const where = `${name} ${article.publisher}/${article.n}`;
      if (told === undefined) return [`${where}: lost`];
      const { editedAt } = article;
      const isEdited = editedAt !== null && editedAt > START && editedAt < end;
      const updates = [...told.updates.values()].map(({ size }) => size);
      return [
        ...(updates.length > 1 || told.copies > 1
          ? [`${where}: ${updates.length} stories, ${told.copies} copies`]
          : []),
        ...(told.dates.size > 1 ? [`${where}: ${told.dates.size} dates`] : []),
        ...(Math.max(...updates) > (isEdited || moves === true ? 2 : 1)
          ? [`${where}: updated ${Math.max(...updates) - 1} times`]
          : []),
        ...(isEdited && editedAt < end - LAST_SEEN_MS && !told.text.includes(CORRECTED)
          ? [`${where}: edit not seen`]
          : []),
      ];
    });
    const invented = [...seen.keys()].filter(
      (title) =>
        title !== PINNED.title && !publishers.some(({ articles }) => articles.some((one) => one.title === title)),
    );
    const again = [...pages].flatMap(([page, times]) => {
      const [id = '', n = ''] = page.split(' ');
      const edited = byId.get(id)?.articles[Number.parseInt(n, 10)]?.editedAt !== null;
      return times > (edited ? 2 : 1) ? [`page ${page} asked for ${times} times`] : [];
    });
    const fetched = [...pages.values()].reduce((sum, times) => sum + times, 0);
    console.log(
      `${expected.length} articles, ${seen.size} titles read, ${polls} polls, ${fetched} pages of ${pages.size} articles`,
    );
    expect([...wrong, ...invented, ...again]).toEqual([]);
    // From the first forgotten entry on, what is kept of each takes the same.
    const last = bytes.at(-1) ?? 0;
    expect(last).toBeLessThan((bytes[KEPT_DAYS + 6] ?? Infinity) * 1.15);
  },
  DAYS * 120_000,
);
