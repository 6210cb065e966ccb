/**
 * Measures narrowed reads beside the plain edition's cold render, and what the indexes take:
 * `npx tsx bench/narrow.ts [--stories 100000]`.
 *
 * Then 1,000 distinct narrowings, one after the other, as a minute may bring them, and the way to a story's page where
 * `perSource` bounds pages. Stories are committed as ingest commits them, without the search for copies. Each reading below is rendered by a server
 * that has rendered nothing before; medians of ROUNDS.
 */
import { parseArgs } from 'node:util';
import type { Redis } from 'ioredis';
import { randomNumbers } from '../src/demo/random.ts';
import { keys, type Store } from '../src/store/redis/keys.ts';
import { commitEntries } from '../src/store/stories/commit.ts';
import { createAssembler } from '../src/pipeline/assemble.ts';
import { reason } from '../src/reasons/catalogue.ts';
import { startRedis } from '../tests/support/redis.ts';
import { createPageTurns } from '../src/web/feeds/pageturns.ts';
import { placeInFeed } from '../src/web/feeds/placeof.ts';
import { makeConfig, makeEdition, makeHit, makeSource, startWeb } from '../tests/web/seed.ts';
import { makeCopy } from './news.ts';

const { values } = parseArgs({ options: { stories: { type: 'string', default: '100000' } } });
const STORIES = Number(values.stories);
const NOW = Date.UTC(2026, 5, 30);
const SPAN_MS = 60 * 86_400_000;
const BATCH = 100;
const ROUNDS = 9;
const COUNTIES = Array.from({ length: 200 }, (_, i) => `34${String(1 + (i % 16)).padStart(2, '0')}${20 + (i % 60)}`);
const RAREST = '341023';

const READINGS: readonly (readonly [string, string])[] = [
  ['plain', ''],
  ['rarest county', `?region=${RAREST}`],
  ['a province', '?region=340000'],
  ['one source of 30', '?source=s7'],
  ['two sets that hardly meet', `?region=340120&source=rare`],
  ['a rare word', '?q=黟县宏村'],
  ['a common word', '?q=记者'],
  ['two characters that never meet', '?q=的黟'],
  ['a word that nothing has', '?q=zzqqxx'],
  ['page 900 by number', '?page=900&limit=100'],
  ['a digit that stands in others', '?q=1'],
  [
    'fifty common characters',
    `?q=${Array.from('的一是了在有和人中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子').join(' ')}`,
  ],
  [
    'twenty places and sources',
    `?region=${COUNTIES.slice(0, 20).join()}&source=${Array.from({ length: 20 }, (_, i) => `s${i}`).join()}`,
  ],
  ['a whole day at 1,000', '?day=2026-06-29'],
];

async function fill(store: Store): Promise<void> {
  const next = randomNumbers(18);
  const options = {
    configVersion: 'c',
    ledgerCount: 1_000,
    windowMs: 86_400_000,
    decideStory: () => ({ join: null, merge: [], reason: reason('story.new') }),
    assembler: createAssembler((copies, current) => current ?? copies[0]?.entry ?? ''),
  };
  for (let at = 0; at < STORIES; at += BATCH) {
    const now = NOW - SPAN_MS + Math.floor((SPAN_MS * at) / STORIES);
    const submissions = Array.from({ length: Math.min(BATCH, STORIES - at) }, (_, i) => {
      const n = at + i;
      const isRare = n === 40 || n === 60;
      const copy = makeCopy(n, 0, now);
      const text = isRare ? `${copy.text}\n黟县宏村古镇旅游。` : copy.text;
      const entry = {
        ...copy,
        text,
        id: `story-${String(n).padStart(10, '0')}`,
        published: now - i,
        source: isRare ? 'rare' : `s${n % 30}`,
      };
      const county = isRare ? RAREST : (COUNTIES[Math.floor(next() ** 2 * COUNTIES.length)] ?? '');
      return {
        entry,
        raw: { item: { ...entry, content: '', image: null }, feedTitle: null },
        hash: String(n),
        sourceName: entry.source,
        trust: 50,
        fingerprint: { keys: [], topics: [], evidence: '' },
        regions: [makeHit(county)],
        themes: [],
        judgement: { editions: ['all'], rule: 'region', reason: 'x', barred: false, matched: [] },
      };
    });
    await commitEntries(store, submissions, { ...options, now });
    if (at % 5_000 === 0 && process.stderr.isTTY) process.stderr.write(`\r${at} of ${STORIES}`);
  }
}

async function bytesOf(redis: Redis, pattern: string): Promise<number> {
  let bytes = 0;
  let cursor = '0';
  do {
    const [next, names] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', 1_000);
    const pipeline = redis.pipeline();
    for (const name of names) pipeline.memory('USAGE', name, 'SAMPLES', 0);
    for (const [, value] of (await pipeline.exec()) ?? []) bytes += Number(value);
    cursor = next;
  } while (cursor !== '0');
  return bytes;
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;

const redis = await startRedis();
const store = redis.store();
const began = performance.now();
await fill(store);
console.log(`${STORIES} stories committed in ${((performance.now() - began) / STORIES).toFixed(2)} ms each`);
const config = makeConfig({
  sources: [...Array.from({ length: 30 }, (_, i) => makeSource(`s${i}`)), makeSource('rare')],
  editions: [makeEdition('all', { size: 100 })],
});
let plain = NaN;
for (const [name, query] of READINGS) {
  const times: number[] = [];
  let items = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const web = await startWeb(redis, { config, store });
    web.set({ now: NOW });
    await web.get('/healthz');
    const from = performance.now();
    const response = await web.get(`/feeds/all.json${encodeURI(query)}`);
    const feed = (await response.json()) as { items: object[] };
    // The first one also loads what all share.
    if (round > 0) times.push(performance.now() - from);
    items = feed.items.length;
    await web.close();
  }
  if (query === '') plain = median(times);
  console.log(
    `${name.padEnd(32)} ${median(times).toFixed(1).padStart(7)} ms  ${(median(times) / plain).toFixed(2)} × plain  ${items} items`,
  );
}
await askThousand();
await findPages();
for (const [name, pattern] of [
  ['facets', keys.facet(store, '*')],
  ['words', `${keys.wordDays(store)}*`],
] as const)
  console.log(`${name}: ${Math.round((await bytesOf(store.redis, pattern)) / STORIES)} bytes a story`);
await redis.stop();

/** What a thousand distinct narrowings take of the processor here and of Redis's, and the longest of them. */
async function askThousand(): Promise<void> {
  const words = ['记者', '高铁', '合肥', '建设', '1', 'a', '黟县宏村', '的 是 在', '新闻', 'zzqqxx'];
  const queries = Array.from({ length: 1_000 }, (_, i) => {
    const place = i % 3 === 0 ? '' : `&region=${COUNTIES[i % COUNTIES.length] ?? ''}`;
    const source = i % 4 === 0 ? `&source=s${i % 30}` : '';
    const word = i % 2 === 0 ? `&q=${encodeURIComponent(words[i % words.length] ?? '')}` : '';
    return `limit=${1 + (i % 500)}${place}${source}${word}`;
  });
  const web = await startWeb(redis, { config, store });
  web.set({ now: NOW });
  const ofRedis = async () => {
    const info = await store.redis.info('cpu');
    const used = [/used_cpu_sys:([\d.]+)/, /used_cpu_user:([\d.]+)/].map((field) => Number(field.exec(info)?.[1]));
    return used.reduce((sum, seconds) => sum + seconds, 0);
  };
  const redisBefore = await ofRedis();
  const before = process.cpuUsage();
  const times: number[] = [];
  for (const query of queries) {
    const from = performance.now();
    const response = await web.get(`/feeds/all.json?${query}`);
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${query}: ${response.status}`);
    times.push(performance.now() - from);
  }
  const { user, system } = process.cpuUsage(before);
  const [here, there] = [(user + system) / 1e6, (await ofRedis()) - redisBefore];
  console.log(
    `1,000 distinct narrowings: ${here.toFixed(1)} s of CPU here, ${there.toFixed(1)} s in Redis; median ${median(times).toFixed(1)} ms, longest ${Math.max(...times).toFixed(0)} ms`,
  );
  await web.close();
}

/** What it takes to say on which page of an edition with `perSource` its oldest story is, at first and then. */
async function findPages(): Promise<void> {
  const edition = makeEdition('all', { size: 100, perSource: 20 });
  const turns = createPageTurns();
  const [oldest = ''] = await store.redis.zrange(keys.edition(store, 'all'), 0, '0');
  for (const time of ['first', 'second']) {
    const from = performance.now();
    const place = await placeInFeed(store, turns, edition, oldest, NOW);
    console.log(`page of the oldest story, ${time} time: ${(performance.now() - from).toFixed(1)} ms (${place.kind})`);
  }
}
