/**
 * Measures narrowed reads beside the plain edition's cold render, and what the indexes take:
 * `npx tsx bench/narrow.ts [--stories 100000]`.
 *
 * Stories are committed as ingest commits them, without the search for copies. Each reading below is rendered by a server
 * that has rendered nothing before; medians of ROUNDS.
 */
import { parseArgs } from 'node:util';
import type { Redis } from 'ioredis';
import { keys, type Store } from '../src/store/redis/keys.ts';
import { commitEntries } from '../src/store/stories/commit.ts';
import { createAssembler } from '../src/pipeline/assemble.ts';
import { reason } from '../src/reasons/catalogue.ts';
import { startRedis } from '../tests/support/redis.ts';
import { makeConfig, makeEdition, makeHit, makeSource, startWeb } from '../tests/web/seed.ts';
import { makeCopy, random } from './news.ts';

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
];

async function fill(store: Store): Promise<void> {
  const next = random(18);
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
for (const [name, pattern] of [
  ['facets', keys.facet(store, '*')],
  ['words', `${keys.wordDays(store)}*`],
] as const)
  console.log(`${name}: ${Math.round((await bytesOf(store.redis, pattern)) / STORIES)} bytes a story`);
await redis.stop();
