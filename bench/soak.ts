/**
 * Polls many sources through weeks of a clock of its own, and prints at the end of each day what memory, Redis and each kind
 * of key have come to, and at last whether they stayed level once the window was full:
 * `npx tsx --expose-gc bench/soak.ts [--sources 50] [--days 12] [--window 3]`. For the hour's run: `--sources 1000 --days 20`.
 *
 * Each source has a new article every twelve hours, a tenth of them copies of another's, and some edits. Keys that end by
 * Redis's own clock, which does not run ahead, are marked with a star and judged by their having an end; so is what
 * finished jobs leave in the queues, which ends by its count.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { randomNumbers } from '../src/demo/random.ts';
import { keepUp } from '../src/daemon/upkeep.ts';
import { addPolls, closeQueues, openQueues } from '../src/jobs/queues.ts';
import { queuePrefix } from '../src/store/redis/keys.ts';
import { readMemory } from '../src/store/redis/connect.ts';
import { noteSeen, SEEN_SLACK } from '../src/store/sources/seen.ts';
import { setDue, takeDue } from '../src/store/sources/sources.ts';
import { DAY_MS, HOUR_MS } from '../src/text/time.ts';
import { makeConfig, makeEdition, makeSource } from '../tests/support/configs.ts';
import { endServer, listenOnLoopback } from '../tests/support/loopback.ts';
import { startRedis } from '../tests/support/redis.ts';
import { until } from '../tests/support/until.ts';
import { startWorking } from '../tests/support/working.ts';
import { makeCopy } from './news.ts';

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '50' },
    days: { type: 'string', default: '12' },
    window: { type: 'string', default: '3' },
  },
});
const [SOURCES, DAYS, WINDOW_DAYS] = [values.sources, values.days, values.window].map(Number) as [
  number,
  number,
  number,
];
const START = Date.UTC(2026, 8, 1);
const EVERY_MS = 12 * HOUR_MS;
const STEP_MS = 6 * HOUR_MS;
const SHOWN = 8;
const COPIED = 0.1;
const EDITED = 0.05;
/** A day may have this much more than the day that the window was first full on. */
const LEVEL = 1.1;
const JOBS_MS = 3_600_000;
/** Decisions on a source's news of a day, edits included. */
const LEDGER_ROWS = 3;

let now = START;
let polls = 0;
const server = createServer((request, response) => {
  polls++;
  const source = Number(/\d+/.exec(request.url ?? '')?.[0] ?? 0);
  const newest = Math.floor((now - START) / EVERY_MS) + SHOWN;
  const etag = `"${newest}.${Math.floor(now / DAY_MS)}"`;
  if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
  const items = Array.from({ length: SHOWN }, (_, i) => itemOf(source, newest - i));
  const head = '<?xml version="1.0"?><rss version="2.0"><channel><title>样报</title>';
  return response
    .writeHead(200, { etag, 'content-type': 'application/rss+xml' })
    .end(`${head}${items.join('')}</channel></rss>`);
});

function itemOf(source: number, n: number): string {
  const next = randomNumbers(source * 1_000_003 + n);
  const isCopy = next() < COPIED;
  const isEdited = next() < EDITED && now - (START + (n - SHOWN) * EVERY_MS) > DAY_MS;
  const printedAt = START + (n - SHOWN) * EVERY_MS;
  const { title, text } = makeCopy(isCopy ? n : source * 100_003 + n, isCopy ? source % 3 : 0, printedAt);
  const at = new Date(printedAt).toUTCString();
  return `<item><guid isPermaLink="false">${source}-${n}</guid><title>${title}${isEdited ? '（更新）' : ''}</title><link>https://s${source}.example/${n}</link><pubDate>${at}</pubDate><description>${text}</description></item>`;
}

interface Day {
  readonly rss: number;
  readonly heap: number;
  readonly redis: number;
  /** Bytes of the keys that no clock of Redis ends. */
  readonly lasting: number;
  readonly keys: ReadonlyMap<string, number>;
  /** Bytes of each kind, as Redis counts them without sampling. */
  readonly bytes: ReadonlyMap<string, number>;
}

const redis = await startRedis();
const store = redis.store();
const queues = openQueues(store.redis, store.prefix);
const base = await listenOnLoopback(server);
const made = makeConfig({
  sources: Array.from({ length: SOURCES }, (_, i) => makeSource({ id: `s${i}`, url: `${base}/${i}`, kind: 'feed' })),
  editions: [makeEdition({ id: 'all', regions: [] })],
});
const { settings } = made;
const config = {
  ...made,
  settings: {
    ...settings,
    retention: {
      ...settings.retention,
      entriesDays: WINDOW_DAYS,
      ledgerDays: WINDOW_DAYS,
      // Its rows bear Redis's own clock: they end by their count.
      ledgerCount: LEDGER_ROWS * SOURCES * WINDOW_DAYS,
      rawDays: WINDOW_DAYS,
    },
    stories: { ...settings.stories, exactDays: WINDOW_DAYS, nearDays: WINDOW_DAYS },
  },
};
const workers = startWorking(config, { connection: redis.connect(), store, queues, now: () => now });
const log = pino({ level: 'silent' });

async function settle(): Promise<void> {
  for (const queue of [queues.poll, queues.fulltext, queues.ingest])
    await until(
      async () => (await queue.getJobCountByTypes('waiting', 'prioritized', 'active', 'delayed')) === 0,
      'the jobs',
      JOBS_MS,
    );
}

/**
 * Marks of items that publishers dropped, from none to as many as a source may have: as after years, where some source is
 * always about to forget its own.
 */
async function rememberDropped(ids: readonly string[]): Promise<void> {
  for (const [i, id] of ids.entries()) {
    const count = Math.round((SEEN_SLACK * i) / ids.length);
    const dropped = Array.from({ length: count }, (_, n) =>
      createHash('sha256').update(`${id} ${n}`).digest('base64url').slice(0, 22),
    );
    await noteSeen(store, id, new Map(dropped.map((hash) => [hash.slice(0, 16), hash])));
  }
}

async function measure(): Promise<Day> {
  globalThis.gc?.();
  const kinds = new Map<string, number>();
  const bytes = new Map<string, number>();
  const queuesBegin = queuePrefix(store.prefix);
  let lasting = 0;
  for await (const names of store.redis.scanStream({ match: '*', count: 500 }) as AsyncIterable<string[]>) {
    const pipeline = store.redis.pipeline();
    for (const name of names) pipeline.pttl(name).memory('USAGE', name, 'SAMPLES', 0);
    const answers = (await pipeline.exec()) ?? [];
    for (const [i, name] of names.entries()) {
      const isOfQueues = name.startsWith(queuesBegin);
      const ends = isOfQueues || Number(answers[2 * i]?.[1]) > 0;
      const kind = isOfQueues ? 'queues' : (/^[a-z]+/i.exec(name.slice(store.prefix.length))?.[0] ?? name);
      const marked = ends ? `${kind}*` : kind;
      const size = Number(answers[2 * i + 1]?.[1] ?? 0);
      kinds.set(marked, (kinds.get(marked) ?? 0) + 1);
      bytes.set(marked, (bytes.get(marked) ?? 0) + size);
      if (!ends) lasting += size;
    }
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heap: heapUsed, redis: (await readMemory(store)).usedBytes, lasting, keys: kinds, bytes };
}

const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
const days: Day[] = [];
const began = performance.now();
try {
  const ids = config.sources.map(({ id }) => id);
  await rememberDropped(ids);
  for (let day = 1; day <= DAYS; day++) {
    for (const end = START + day * DAY_MS; now < end; now += STEP_MS) {
      await setDue(
        store,
        ids.map((id) => ({ id, at: now })),
        'earlier',
      );
      await addPolls(queues, await takeDue(store, { now, later: now + DAY_MS, limit: SOURCES }), 'schedule');
      await settle();
    }
    await keepUp(store, config, log, now);
    const one = await measure();
    days.push(one);
    const kinds = [...one.keys]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, count]) => `${kind} ${count} (${mib(one.bytes.get(kind) ?? 0)})`);
    console.log(
      `day ${day}: ${polls} polls, ${Math.round((performance.now() - began) / 1000)} s; RSS ${mib(one.rss)}, heap ${mib(one.heap)}, Redis ${mib(one.redis)} MiB, of it lasting ${mib(one.lasting)}; ${kinds.join(', ')}`,
    );
  }
  // The window is full two days after it began to be emptied.
  const full = days[WINDOW_DAYS + 2];
  const last = days.at(-1);
  if (full !== undefined && last !== undefined && full !== last) {
    const figures: (readonly [string, number, number])[] = [
      ['RSS', full.rss, last.rss],
      ['heap', full.heap, last.heap],
      ['lasting', full.lasting, last.lasting],
      ...[...last.keys].flatMap(([kind, count]) =>
        kind.endsWith('*') ? [] : [[`keys of ${kind}`, full.keys.get(kind) ?? 0, count] as const],
      ),
    ];
    const grown = figures.filter(([, before, after]) => after > before * LEVEL && after - before > SHOWN);
    console.log(grown.length === 0 ? `level from day ${WINDOW_DAYS + 3} on` : 'grown since the window was full:');
    for (const [name, before, after] of grown) console.log(`  ${name}: ${before} → ${after}`);
    if (grown.length > 0) process.exitCode = 1;
  }
} finally {
  await workers.stop();
  await closeQueues(queues);
  await endServer(server);
  await redis.stop();
}
