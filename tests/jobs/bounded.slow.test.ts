/**
 * Sixty days of a clock of its own, in which sources, editions, readers and visitors come and go: what Redis keeps grows
 * no more once everything that ends by its age has ended once, and nothing stays of sources that are gone.
 */
import { createServer } from 'node:http';
import type { ChainableCommander } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepUp } from '../../src/daemon/upkeep.ts';
import { addPlacing, addPolls, closeQueues, openQueues, QUEUE_NAMES, type Queues } from '../../src/jobs/queues.ts';
import type { Config } from '../../src/model/config.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { placementOf } from '../../src/pipeline/placement.ts';
import { countGuess, knowAddress } from '../../src/store/auth/attempts.ts';
import { openSession } from '../../src/store/auth/sessions.ts';
import { keepDigest } from '../../src/store/keptdigests.ts';
import { dayOf, keys, type Store } from '../../src/store/redis/keys.ts';
import { noteClock } from '../../src/store/sources/clockback.ts';
import { clearDue, dueSources, setDue } from '../../src/store/sources/sources.ts';
import { joinStories } from '../../src/store/stories/arrange.ts';
import { wantPlacing } from '../../src/store/stories/placedby.ts';
import { newestStories, readStories } from '../../src/store/stories/stories.ts';
import { markDone, saveSubscription } from '../../src/store/websub/subscriptions.ts';
import { DAY_MS, HOUR_MS } from '../../src/text/time.ts';
import { makeConfig, makeEdition, makeSource } from '../support/configs.ts';
import { kindOf, readKeyTable } from '../support/keytable.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { startWorking, type Working } from '../support/working.ts';

const DAYS = 60;
const KEPT_DAYS = 7;
/** Sources that stay, and those that come each day and leave after some days. */
const STANDING = 2;
const STAY_DAYS = 2;
const POLLS_A_DAY = 2;
const START = Math.floor(Date.now() / DAY_MS) * DAY_MS;

let redis: TestRedis;
let store: Store;
let queues: Queues;
let working: Working;
let base = '';
let now = START;
let round = 0;

/** Two new items a round, and one that is another version of itself; `fresh…` gives all ids anew each time. */
function feedOf(source: string): string {
  const story = (n: number) =>
    `<item><guid isPermaLink="false">${source.startsWith('fresh') ? `${round}-` : ''}${source}-${n}</guid><title>合肥第${n}号地铁工程进展${source}</title>` +
    `<link>https://${source}.example/${n}</link><description>合肥市${source}今天介绍第${n}号工程，共分${n}期，由第${n % 7}工程队承建。${'工期按计划推进。'.repeat(6)}</description></item>`;
  const changing = `<item><guid isPermaLink="false">${source}-live</guid><title>合肥${source}实时播报</title><link>https://${source}.example/live</link><description>第${round}次更新：合肥今天又有${round}项安排。${`第${round}条。`.repeat(9)}</description></item>`;
  const items = Array.from({ length: 6 }, (_, i) => story(2 * round + i)).join('');
  return `<rss version="2.0"><channel><title>${source}</title><link>https://${source}.example/</link>${items}${changing}</channel></rss>`;
}

const server = createServer((request, response) => {
  const source = request.url?.slice(1) ?? '';
  if (source.startsWith('broken')) response.writeHead(500).end();
  else response.setHeader('content-type', 'application/rss+xml').end(feedOf(source));
});

function configOf(day: number): Config {
  const ids = [
    ...Array.from({ length: STANDING }, (_, i) => `stays${i}`),
    'fresh',
    ...Array.from({ length: STAY_DAYS }, (_, i) => `${i === 0 ? 'broken' : 'guest'}${day - i}`),
  ];
  const editions = ['all', `week${Math.floor(day / 7)}`].map((id) => makeEdition({ id, regions: [] }));
  const made = makeConfig({
    version: `day ${day}`,
    sources: day < DAYS ? ids.map((id) => makeSource({ id, url: `${base}/${id}` })) : [],
    editions: day < DAYS ? editions : editions.slice(0, 1),
  });
  const retention = { ...made.settings.retention, entriesDays: KEPT_DAYS, ledgerDays: KEPT_DAYS, ledgerCount: 2_000 };
  return { ...made, settings: { ...made.settings, retention } };
}

beforeAll(async () => {
  redis = await startRedis();
  base = await listenOnLoopback(server);
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
  working = startWorking(configOf(0), { connection: redis.connect(), store, queues, now: () => now });
});
afterAll(async () => {
  await working.stop();
  await closeQueues(queues);
  await endServer(server);
  await redis.stop();
});

async function idle(): Promise<void> {
  for (const queue of [queues.poll, queues.ingest])
    await until(
      async () =>
        Object.values(await queue.getJobCounts('waiting', 'prioritized', 'active')).every((count) => count === 0),
      'the jobs',
    );
}

/** Redis counts the time of what expires, and BullMQ that of its jobs: both are made a day older. */
async function passDay(): Promise<void> {
  const names = await store.redis.keys(`${store.prefix}*`);
  const lefts = await ask(names, (asking, name) => asking.pttl(name));
  const expiring = names.flatMap((name, i) => (Number(lefts[i]) > 0 ? [{ name, left: Number(lefts[i]) }] : []));
  await ask(expiring, (asking, { name, left }) =>
    left > DAY_MS ? asking.pexpire(name, left - DAY_MS) : asking.del(name),
  );
  for (const queue of QUEUE_NAMES)
    for (const list of ['completed', 'failed']) {
      const key = `${store.prefix}bull:${queue}:${list}`;
      await ask(await store.redis.zrange(key, 0, '-1'), (asking, job) => asking.zincrby(key, -DAY_MS, job));
    }
}

async function ask<T>(all: readonly T[], add: (asking: ChainableCommander, one: T) => unknown): Promise<unknown[]> {
  const asking = store.redis.pipeline();
  for (const one of all) add(asking, one);
  return ((await asking.exec()) ?? []).map(([, value]) => value);
}

/** What a day brings beside news. */
async function visit(day: number): Promise<void> {
  const ends = now + 2 * DAY_MS;
  const topic = `https://reader.example/feeds/all.rss?q=${day}`;
  await openSession(store, 'me:secret', now);
  await countGuess(store, `10.0.${day}.1`, `10.0.${day}.0/24`);
  await knowAddress(store, `10.1.${day}.1`);
  await saveSubscription(
    store,
    { id: `s${day}`, topic, edition: 'all', callback: `https://c${day}.example/`, secret: null, expiresAt: ends },
    { all: 100, ofTopic: 10, groups: [{ name: `c${day}.example`, most: 10 }], narrowedTopics: 200 },
    now,
  );
  // It ends by the clock of Redis, which is that of the first day.
  for (const key of [keys.subscription(store, `s${day}`), keys.subscriptionsOfTopic(store, topic)])
    await store.redis.pexpire(key, 2 * DAY_MS);
  await store.redis.pexpire(keys.subscriptionsOf(store, `c${day}.example`), 2 * DAY_MS);
  await markDone(store, `ping week${Math.floor(day / 7)}`, '1');
  await keepDigest(store, `week${Math.floor(day / 7)}`, { day: dayOf(now), at: now, lines: [] });
  await noteClock(store, `container${day}`, now);
  await queues.ingest.add('guest', {} as never, { attempts: 1 });
  const { ids } = await newestStories(store, 2);
  const [into, other] = ids;
  const options = { now, configVersion: 'c', ledgerCount: 2_000, assembler: ASSEMBLER };
  if (into !== undefined && other !== undefined) await joinStories(store, into, other, options);
}

/** As the scheduler does where the config changes. */
async function put(config: Config): Promise<void> {
  working.state.setConfig(config);
  const wanted = new Set(config.sources.map(({ id }) => id));
  await clearDue(
    store,
    (await dueSources(store, Infinity, 10_000)).filter((id) => !wanted.has(id)),
  );
  await setDue(
    store,
    [...wanted].map((id) => ({ id, at: now })),
    'keep',
  );
  await wantPlacing(store, placementOf(config));
  await addPlacing(queues, placementOf(config), []);
  await idle();
}

/** Keys that count as one, however long they are: what bounds them is a count that sixty days do not reach. */
const BY_COUNT: Readonly<Record<string, number>> = {
  // Buckets of a generation: what is old leaves one when it is written.
  'post:NUMBER': 4_096,
  // Items of the document, its entries, and 500.
  'seen:SOURCE': 600,
  // BullMQ keeps 10,000 events of a queue, or a little more.
  'bull:QUEUE:REST': 11_000,
};

interface Measured {
  /** Row of the table → members of all its keys. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Keys that no row names, or that are longer than they may be. */
  readonly faults: readonly string[];
}

async function measure(): Promise<Measured> {
  const table = readKeyTable();
  const sizes = new Map<string, number>();
  const faults: string[] = [];
  const names = await store.redis.keys(`${store.prefix}*`);
  const types = await ask(names, (asking, name) => asking.type(name));
  const lengths = await ask(
    names.map((name, i) => ({ name, type: String(types[i]) })),
    (asking, { name, type }) => {
      if (type === 'hash') return asking.hlen(name);
      if (type === 'zset') return asking.zcard(name);
      if (type === 'set') return asking.scard(name);
      if (type === 'list') return asking.llen(name);
      return type === 'stream' ? asking.xlen(name) : asking.exists(name);
    },
  );
  for (const [i, key] of names.entries()) {
    const kind = kindOf(table, key.slice(store.prefix.length))?.name ?? '';
    const length = Number(lengths[i]);
    if (kind === '') faults.push(`${key} has no row`);
    if (length > (BY_COUNT[kind] ?? Infinity)) faults.push(`${key} has ${length}`);
    sizes.set(kind, (sizes.get(kind) ?? 0) + (kind in BY_COUNT ? 1 : length));
  }
  return { sizes, faults };
}

/** The most copies that a story lists, and the most rows that an entry does. */
async function longestLists(): Promise<readonly [number, number]> {
  const { ids } = await newestStories(store, 1_000);
  const copies = [...(await readStories(store, ids)).values()].map((story) => story.copies.length);
  const entries = await store.redis.zrange(keys.entries(store), 0, '-1');
  const rows = await ask(entries, (asking, id) => asking.hget(keys.entry(store, id), 'l'));
  return [Math.max(...copies), Math.max(...rows.map((list) => String(list).split(',').length))];
}

const log = pino({ level: 'silent' });

it('grows no more, names every key, and keeps nothing of what is gone', { timeout: 900_000 }, async () => {
  const measured: Measured['sizes'][] = [];
  const faults = new Set<string>();
  let longest: readonly [number, number] = [0, 0];
  for (let day = 0; day < DAYS; day++) {
    const config = configOf(day);
    await put(config);
    for (let i = 0; i < POLLS_A_DAY; i++, round++) {
      await addPolls(
        queues,
        config.sources.map(({ id }) => id),
        'schedule',
      );
      await idle();
      now += DAY_MS / POLLS_A_DAY - HOUR_MS;
    }
    await visit(day);
    await idle();
    now = START + (day + 1) * DAY_MS;
    await keepUp(store, config, log, now);
    await passDay();
    const { sizes, faults: found } = await measure();
    measured.push(sizes);
    for (const fault of found) faults.add(fault);
    const [copies, rows] = await longestLists();
    longest = [Math.max(longest[0], copies), Math.max(longest[1], rows)];
  }
  // How many stories similar news makes depends on which entry comes first: means of two weeks each, not the most.
  const mean = (from: number, to: number) => {
    const rows = measured.slice(from, to);
    const names = new Set(rows.flatMap((row) => [...row.keys()]));
    const sum = (name: string) => rows.reduce((all, row) => all + (row.get(name) ?? 0), 0);
    return new Map([...names].map((name) => [name, sum(name) / rows.length]));
  };
  const [before, after] = [mean(DAYS - 28, DAYS - 14), mean(DAYS - 14, DAYS)];
  const growing = [...after].filter(([name, size]) => size > (before.get(name) ?? 0) * 1.1 + 2);
  expect([...faults]).toEqual([]);
  expect(growing.map(([name, size]) => `${name}: ${before.get(name) ?? 0}, then ${size}`)).toEqual([]);
  // Twelve of a source, and the lead; sixty.
  expect(longest[0]).toBeLessThan(30);
  expect(longest[1]).toBe(60);

  // Nobody is polled any more.
  for (let day = DAYS; day < 2 * DAYS; day++) {
    const config = configOf(day);
    if (day === DAYS) await put(config);
    now = START + (day + 1) * DAY_MS;
    await keepUp(store, config, log, now);
    await passDay();
  }
  const { sizes } = await measure();
  const stay = new Set(readKeyTable().flatMap(({ name, stays }) => (stays ? [name] : [])));
  expect([...sizes.keys()].filter((name) => !stay.has(name))).toEqual([]);
});
